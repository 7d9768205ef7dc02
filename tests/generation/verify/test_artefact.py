import pytest

from tongli.generation.engines import prompts
from tongli.generation.verify import artefact


@pytest.mark.parametrize(
    "text",
    [
        "Dear [Your Name], thank you.",
        "Thank you {name}.",
        "Thank you {{ user }}.",
        "<|im_start|>Thank you.",
        "Thank you, <name>.",
        "Dear ____, thank you.",
        "Call XXX now.",
        "```json",
        "# Reply\nThank you.",
        "Thank you.\nUser: and you?",
        "TODO: thank them.",
        "As an AI language model, I am sorry.",
        "Sure, here is a polite reply: thank you.",
        "The user feels angry.",
        "We follow plan.acts here.",
        "尊敬的【姓名】，您好。",
        "I am so sorry to hear it. I am so sorry to hear it.",
    ],
)
def test_traces(subject, text):
    found = artefact.check(subject(text))
    assert found.passed is False
    assert found.evidence


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Als KI kann ich das nicht."),
        ("fr", "En tant qu'IA, je comprends."),
        ("zh", "作为一个人工智能，我理解。"),
        ("ja", "AIとしてお答えします。"),
        ("ru", "Как языковая модель, я понимаю."),
        ("ko", "인공지능으로서 이해합니다."),
    ],
)
def test_talk_about_being_a_model(subject, lang, text):
    assert artefact.check(subject(text, lang=lang)).passed is False


@pytest.mark.parametrize(
    "text",
    [
        "Thank you. We are sorry. Really, we are sorry.",
        "We have read it (all of it) and 3 < 4.",
        "Yes! Yes! Yes!",
        "I'm glad – thank you :) <3",
        "Lo entendemos todo, xxx.",
    ],
)
def test_ordinary_text(subject, text):
    assert artefact.check(subject(text)).passed is True


def test_kept_brackets_are_kept(subject):
    assert artefact.check(subject("About [case]: thank you.", keep=("[case]",))).passed is True


def test_the_prompt_comes_back(subject):
    line = max(prompts.sentences(), key=len)
    assert artefact.check(subject(line)).passed is False


def test_the_message_comes_back(subject):
    asked = (
        "I ordered a blue lamp with a long cable and got a red chair without legs, which nobody here can use."
    )
    assert artefact.check(subject(f"You wrote: {asked}", asked=asked)).passed is False
    assert artefact.check(subject(f"You wrote “{asked}”, and we see.", asked=asked)).passed is True
    assert artefact.check(subject("You got a red chair without legs.", asked=asked)).passed is True


def test_a_reply_of_the_message_alone_is_an_echo(subject):
    asked = "Thank you so much, Mina was wonderful on the phone!"
    told = artefact.check(subject("Mina was wonderful on the phone!", asked=asked))
    assert told.passed is False
    assert "echo" in told.detail
    assert artefact.check(
        subject("Mina was wonderful on the phone! We will tell her so.", asked=asked)
    ).passed
    assert artefact.check(subject("Thank you!", asked=asked)).passed
    assert artefact.check(subject("Mina was wonderful on the phone!", asked=asked), echo=False).passed
