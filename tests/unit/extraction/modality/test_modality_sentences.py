"""How firmly predicates of whole sentences are stated, on the shipped pipeline's parse; a star stands before the predicate."""

from __future__ import annotations

from functools import cache

import pytest
from spacy.language import Language

from kg.extraction.frames import support_of
from kg.extraction.lexicon import load_frames
from kg.extraction.modality import modality_of
from kg.language.load import load_pipeline
from kg.records import Modality


@cache
def pipeline() -> Language:
    return load_pipeline()


def read(marked: str) -> Modality:
    lexicon = load_frames()
    doc = pipeline()(marked.replace("*", ""))
    token = next(token for token in doc if token.idx == marked.index("*"))
    support = support_of(token, lexicon) if token.pos_ in {"NOUN", "PROPN"} else None
    return modality_of(token, lexicon.modality, support=support)


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister *met the envoy in Tarn.",
        "They did not fail to *sign the treaty.",
        "Varland managed to *sign the treaty.",
        "He went on to *meet the envoy.",
        "Varland succeeded in *reaching an agreement.",
        "The minister was able to *meet the envoy.",
        "Varland regrets that Brekia *attacked the port.",
        "Varland did not know that they had *met.",
        "If he regrets that they *met, he hides it.",
        "Why did they *meet?",
        "He said that they had *met.",
        "He explained why they *met.",
        "Not only did they *meet, they signed a treaty.",
        "They did not *meet until Monday.",
        "They refused to meet and *left.",
        "The envoy declined the *invitation.",
        "I want to *thank the minister.",
        "I would like to *thank the minister.",
        "I must *stress that the truce holds.",
        "Varland welcomed the *agreement.",
        "The minister *spoke after the meeting.",
        "Varland will discuss the *agreement.",
        "They *discussed the plan to withdraw.",
        "He contributed to *ending the war.",
        "We *welcome the agreement.",
        "Let me *repeat that they met.",
        "President Dahl *received Premier Orsk at Kestrel House on Tuesday.",
        "After they had *met, they signed the treaty.",
        "Having *signed the treaty, he left.",
        "He is credited with *ending the war.",
        "It is true that they *met.",
        "When did the Premier *agree to the plan?",
        "We are *negotiating with them.",
        "We have been *talking to both sides for months.",
        "Talks *continue in Tarn.",
        "The sides continued to *negotiate.",
        "They began *withdrawing their troops.",
        "They stopped to *negotiate.",
        "Only Varland *signed the treaty.",
        "The sides *agreed only on one point.",
        "Thanks to the truce, aid *reached the town.",
        "He said he was pleased that they had *met.",
        "He apologised for *bombing the port.",
        "Foreign ministers *meet in Tarn",
        "I think that they *met.",
        "I can tell you that they *met.",
        "Varland's *request was rejected.",
        "The *topics were set aside.",
        "The attack was *claimed by the rebels.",
        "They agreed on the implementation of the *treaty.",
        "Varland suspended the *talks.",
        "By *withdrawing its troops, Brekia kept its word.",
        "It was agreed that the truce *holds.",
        "The two Ministers, who *met in Tarn, agreed.",
        "The *order, which is believed to be large, was signed.",
        "The Ministry would like to *thank the mediators.",
    ],
)
def test_modality_of_facts(sentence: str) -> None:
    """What is told as done, managed, taken for granted or done by saying so is a fact, whatever stands around it."""
    assert read(sentence) == "asserted"


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister did not *meet the envoy.",
        "The minister never *met the envoy.",
        "Neither side *met the mediator.",
        "None of the ministers *met the mediator.",
        "No one *attended the conference.",
        "They held no *talks in Tarn.",
        "There were no *talks in Tarn.",
        "There was no *agreement between Varland and Brekia.",
        "The envoy left without *meeting the minister.",
        "At no time did he *meet the envoy.",
        "The two sides no longer *meet.",
        "They nearly *signed the treaty.",
        "Varland failed to *sign the treaty.",
        "Varland refused to *sign the treaty.",
        "Varland declined to *comment.",
        "He denied *meeting the envoy.",
        "He denied that they had *met.",
        "He denied having *met the envoy.",
        "Varland ruled out *talks with the rebels.",
        "Varland ruled out *meeting the rebels.",
        "The minister stopped short of *condemning the attack.",
        "Varland has yet to *sign the treaty.",
        "Varland avoided *signing the treaty.",
        "He refrained from *meeting the rebels.",
        "The minister was unable to *attend the summit.",
        "Instead of *meeting the envoy, he flew home.",
        "Varland's refusal to *negotiate angered its neighbours.",
        "The *talks were called off.",
        "They have no intention of *meeting.",
        "The planned *talks were cancelled.",
        "They could not *agree on the border.",
        "The two leaders will not *meet.",
        "Varland did not agree to *meet Brekia.",
        "Varland is unwilling to *negotiate.",
        "He would have *met the envoy.",
        "The ministers were to have *met on Monday.",
        "He denied reports that they had *met.",
        "He said that they had not *met.",
        "They did not meet or *talk.",
        "They refused to meet or *talk.",
        "Varland declined the invitation to *meet.",
        "Varland has made no *progress.",
        "No date has been *set for the talks.",
        "The envoys broke off the session without *setting a date.",
        "The delegation walked out before any agreement was *reached.",
        "Nothing has been *agreed.",
        "Having failed to *sign the treaty, he left.",
        "I do not believe that they will *meet.",
        "There is no question of *negotiating with them.",
        "It is not true that they *met.",
        "It is unlikely that they will *meet.",
        "He ruled himself out and refused to be *drawn.",
        "Varland rejected a *ceasefire.",
        "Varland rejected calls to *withdraw its troops.",
        "We have not been *invited.",
        "We are not *negotiating with them.",
        "They stopped *negotiating.",
        "Brekia must not be *allowed to win.",
        "Neither Varland nor Brekia *signed the treaty.",
        "Few expected it, and nobody *signed.",
        "Sanctions will not be *lifted.",
        "I can not *confirm that.",
        "He had been due to meet the envoy but did not *come.",
        "Despite the truce, no aid *reached the town.",
        "Hardly any aid *reached the town.",
        "They pledged not to *use force.",
        "They agreed not to *attack each other.",
        "They promised to stop *attacking each other.",
        "I do not think that they *met.",
        "He returned without an *agreement.",
        "Varland prevented the *attack.",
        "The invitation to *visit Tarn was declined.",
        "The two sides should refrain from *threats and talk.",
        "The sides were nowhere near *signing the treaty.",
        "Far from *withdrawing, Brekia sent more troops.",
        "Rather than *withdraw, Brekia sent more troops.",
        "Monitors were never *deployed.",
        "The two Ministers, who have not *met since May, disagree.",
    ],
)
def test_modality_of_denied(sentence: str) -> None:
    """What is denied, refused, avoided, cancelled or contrary to fact did not happen; two denials cancel out elsewhere."""
    assert read(sentence) == "negated"


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister will *meet the envoy.",
        "Varland agreed to *meet Brekia.",
        "Varland decided to *withdraw its troops.",
        "The envoys are set to *meet on Monday.",
        "The minister is due to *meet the envoy.",
        "The minister is expected to *visit Tarn.",
        "The minister is scheduled to *visit Tarn.",
        "Varland plans to *host the summit.",
        "The leaders are to *meet in Tarn.",
        "The ministers are going to *meet.",
        "The minister will be *meeting the envoy.",
        "The minister is *meeting the envoy tomorrow.",
        "The minister *meets the envoy tomorrow.",
        "*Talks are scheduled for Monday.",
        "They said they would *meet on Monday.",
        "Varland promised that it would *withdraw.",
        "The plan is to *meet in Tarn.",
        "Varland's decision to *withdraw was welcomed.",
        "They will hold *talks in Tarn.",
        "The *talks to be held in May matter.",
        "They met in order to *sign a treaty.",
        "The minister flew to Tarn to *sign the treaty.",
        "They will *meet even if it rains.",
        "He announced that they would *meet.",
        "They will meet and *talk.",
        "They discussed the plan to *withdraw.",
        "We will *begin talks tomorrow.",
        "The two leaders agreed to *establish a joint commission.",
        "The Premier accepted an invitation to *visit Tarn next spring.",
        "The foreign ministers will *meet again in May.",
        "The next *round of talks will be held in Tarn.",
        "A further *meeting is scheduled for June.",
        "A *summit is expected in the autumn.",
        "When they *meet next week, they will sign the treaty.",
        "I am going to *meet him tomorrow.",
        "We intend to *continue the dialogue.",
        "He vowed to *retaliate.",
        "He warned that Varland would *retaliate.",
        "We are committed to *achieving peace.",
        "They pledged to *refrain from force.",
        "Prime Minister to *visit Tarn",
        "The agreement to hold *talks was signed.",
        "The invitation to *visit Tarn was accepted.",
        "The envoy is on the verge of *signing the treaty.",
        "Monitors would be *deployed within a week, he said.",
        "It was agreed that a commission would be *established.",
        "It was decided to *establish a commission.",
        "The summit will *be the first of its kind.",
        "They disagree on a timetable for the *withdrawal of the troops.",
    ],
)
def test_modality_of_plans(sentence: str) -> None:
    """What will be, is agreed, decided, due or meant to be done lies ahead."""
    assert read(sentence) == "planned"


@pytest.mark.parametrize(
    "sentence",
    [
        "They will *meet if the truce holds.",
        "They will meet if the truce *holds.",
        "They will *meet only after the troops withdraw.",
        "They will *meet once the troops withdraw.",
        "They will *meet provided that the truce holds.",
        "In the event of an attack, Varland will *respond.",
        "As long as the truce holds, they will *negotiate.",
        "Were they to *meet, the war would end.",
        "Were they to meet, the war would *end.",
        "Should the parties *meet, a deal could follow.",
        "They will not *meet unless the troops withdraw.",
        "They will not *meet until the troops withdraw.",
        "If there is an *agreement, Varland will withdraw.",
        "Unless Brekia *withdraws, there will be no talks.",
        "Nothing is *agreed until everything is agreed.",
        "Varland would *withdraw if Brekia did.",
        "They said they would *withdraw if Brekia did.",
        "The troops will *leave only when a treaty is signed.",
        "Subject to approval, the troops will *leave.",
        "Sanctions will be *lifted on condition that the troops leave.",
        "Sanctions will not be *lifted unless the troops leave.",
        "Until they leave, there will be no *talks.",
        "They will talk, provided that the truce *holds.",
        "They will *talk, provided that the truce holds.",
        "There can be no talks before the troops *leave.",
    ],
)
def test_modality_of_conditions(sentence: str) -> None:
    """What holds under a condition, and the condition itself, are open."""
    assert read(sentence) == "conditional"


@pytest.mark.parametrize(
    "sentence",
    [
        "Varland never ruled out *meeting the rebels.",
        "He did not deny that they had *met.",
        "The leaders may *meet in May.",
        "The leaders reportedly *met in May.",
        "He is said to have *met the envoy.",
        "There are rumours of *talks between the two.",
        "It is alleged that they *met.",
        "Varland claims that they *met.",
        "Varland accused Brekia of *attacking the port.",
        "A *meeting is possible.",
        "It is possible that they *met.",
        "The possibility of *talks was raised.",
        "He is likely to *meet the envoy.",
        "Did they *meet?",
        "They asked whether the ministers had *met.",
        "Varland alleged that Brekia had *attacked the port.",
        "Varland threatened to *attack the port.",
        "He did not say that they had *met.",
        "A *summit could take place in the autumn.",
        "He was accused of *breaking the truce.",
        "Varland believes that Brekia *attacked the port.",
        "There is speculation that they will *meet.",
        "Reports say the envoys may have *met in secret.",
        "It is not clear whether they *met.",
        "It remains unclear whether the talks will *resume.",
        "Q: Will you call on them to *withdraw?",
        "Q: Will you *withdraw?",
        "Will the President *meet the Premier?",
        "Has the Premier *agreed to the plan?",
        "Is it true that they *met?",
        "We can not confirm that they *met.",
        "He neither confirmed nor denied that they had *met.",
        "He warned that Varland could *retaliate.",
        "Varland is considering *recalling its ambassador.",
        "Varland may have been trying to *provoke Brekia.",
        "He thinks that they *met.",
        "A *deal is close.",
        "Varland is suspected of *arming the rebels.",
        "There is a risk of *escalation.",
    ],
)
def test_modality_of_possibilities(sentence: str) -> None:
    """What may be, is rumoured, alleged or asked is possible."""
    assert read(sentence) == "possible"


@pytest.mark.parametrize(
    "sentence",
    [
        "Varland wants to *meet Brekia.",
        "Varland hopes that the sides will *meet.",
        "Varland urged Brekia to *withdraw.",
        "Varland called for *talks.",
        "The sides should *meet.",
        "The sides must *meet.",
        "Let us *meet tomorrow.",
        "*Withdraw your troops.",
        "The need for *talks is clear.",
        "Varland is willing to *negotiate.",
        "We would like to *meet the envoy.",
        "Varland demanded that Brekia *withdraw.",
        "Varland asked Brekia to *withdraw.",
        "It is important that the sides *meet.",
        "The aim is to *reach an agreement.",
        "Varland sought *talks with Brekia.",
        "Varland called on Brekia to *return to the talks.",
        "They may want to meet and hope to *agree.",
        "We would *welcome talks.",
        "The President invited the Premier to *visit Tarn.",
        "The two sides expressed the hope that the talks would *resume.",
        "Both Governments expressed their desire to *expand trade.",
        "They stressed the importance of *reaching a settlement.",
        "Ministers called on all parties to *cease hostilities.",
        "The Ministers reaffirmed the need for a *ceasefire.",
        "It is essential that the talks *resume.",
        "It would be good to *meet.",
        "The resolution demands that all parties *withdraw.",
        "Brekia must *halt its attacks.",
        "Varland proposed *holding talks in Tarn.",
        "Varland offered to *host the talks.",
        "We encourage both sides to *return to the table.",
        "We are committed to peace and want to *see it.",
        "The Council urged them to stop and *talk.",
        "The urgency of *holding talks is clear.",
        "Varland urged Brekia to settle the matter through *negotiations.",
        "It was proposed that a commission be *established.",
    ],
)
def test_modality_of_wishes(sentence: str) -> None:
    """What is wanted, asked for, demanded or bidden is desired."""
    assert read(sentence) == "desired"
