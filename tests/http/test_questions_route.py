"""The questions over HTTP."""

from __future__ import annotations

from fastapi.testclient import TestClient

from kg.graph.ontology_files import question_names


def test_list_has_every_question_with_its_parameters_and_columns(client: TestClient) -> None:
    items = client.get("/api/v1/questions").json()["items"]
    assert [item["name"] for item in items] == question_names()
    known = next(item for item in items if item["name"] == "what-was-known-on")
    assert [parameter["kind"] for parameter in known["parameters"]] == ["date"]
    assert "kind" in [column["name"] for column in known["columns"]]


def test_question_is_answered_with_the_values_of_the_address(client: TestClient) -> None:
    response = client.get("/api/v1/questions/what-a-speaker-said", params={"who": "Ilena Varo", "format": "csv"})
    assert response.headers["content-type"].startswith("text/csv")
    assert response.text.splitlines()[0] == "stated,document,begin,end,direct,text"
    assert "We have agreed on the fisheries protocol" in response.text


def test_question_is_answered_in_json_without_a_wish(client: TestClient) -> None:
    response = client.get("/api/v1/questions/what-is-the-deadline")
    assert response.headers["content-type"] == "application/sparql-results+json"
    assert [row["date"]["value"] for row in response.json()["results"]["bindings"]] == ["2031-03-05"]


def test_unknown_question_is_404_with_what_is_near(client: TestClient) -> None:
    response = client.get("/api/v1/questions/what-is-the-dead-line")
    assert response.status_code == 404
    assert "what-is-the-deadline" in response.json()["detail"]


def test_value_that_does_not_fit_is_400_with_the_parameter(client: TestClient) -> None:
    response = client.get("/api/v1/questions/what-was-known-on", params={"on": "soon"})
    assert response.status_code == 400
    assert "parameter 'on': 'soon' is no day" in response.json()["detail"]


def test_parameter_that_the_question_does_not_have_is_404(client: TestClient) -> None:
    response = client.get("/api/v1/questions/what-was-known-on", params={"day": "2031-02-26"})
    assert response.status_code == 404
    assert "Its parameters: on." in response.json()["detail"]
