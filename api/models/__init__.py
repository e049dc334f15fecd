"""The bodies of the answers under ``/api/v1``, as OpenAPI shows them, and what each field is in the ontology."""
