"""Words around a candidate raise, lower, require and exempt."""

from __future__ import annotations

from gatekeeper.domain.words import Likelihood
from gatekeeper.screening.context import Weighing
from gatekeeper.screening.grammar import Context, Exempt
from gatekeeper.screening.scan import Candidate, Scan
from gatekeeper.screening.views import normalise

Weighed = tuple[Likelihood, tuple[str, ...]] | None


def weigh(text: str, context: Context, steps: int = 0) -> Weighed:
    """Weigh the digits of the text from `likely`."""
    digits = [i for i, c in enumerate(text) if c.isdigit()]
    scan = Scan(normalise(text), {}, [])
    candidate = Candidate(digits[0], digits[-1] + 1, steps)
    return Weighing(Likelihood.LIKELY, context).weigh(scan, candidate)


WORDS = Context.model_validate({"window": 2, "raise": ["card"], "lower": ["order"]})


def test_a_word_near_by_raises_or_lowers_by_one_step() -> None:
    assert weigh("my card 4111", WORDS) == (Likelihood.VERY_LIKELY, ("raised by: card",))
    assert weigh("4111 is the order", WORDS) == (Likelihood.LIKELY, ())
    assert weigh("4111 order", WORDS) == (Likelihood.POSSIBLE, ("lowered by: order",))


def test_both_cancel_out_and_likelihood_stays_in_its_five_steps() -> None:
    both = weigh("card order 4111", WORDS)
    assert both is not None
    assert both[0] is Likelihood.LIKELY
    sure = weigh("card 4111", WORDS, steps=3)
    assert sure is not None
    assert sure[0] is Likelihood.VERY_LIKELY
    never = weigh("order 4111", WORDS, steps=-9)
    assert never is not None
    assert never[0] is Likelihood.VERY_UNLIKELY


def test_the_name_of_something_else_outweighs_every_cue() -> None:
    gift = Context.model_validate({"raise": ["card"], "against": ["gift card"]})
    assert weigh("gift card 4111", gift) == (Likelihood.UNLIKELY, ("lowered twice by: gift card",))


def test_a_part_of_a_word_is_no_context() -> None:
    assert weigh("discard 4111", WORDS) == (Likelihood.LIKELY, ())


def test_without_a_required_word_there_is_no_match() -> None:
    needs = Context(require=("ssn",))
    assert weigh("id 4111", needs) is None
    assert weigh("ssn 4111", needs) is not None


def test_an_exemption_holds_unless_lifted_and_only_for_values_of_its_shape() -> None:
    code = Context(exempt=(Exempt(words=("otp",), unless=("username",), value="[0-9]{4}"),))
    assert weigh("otp 4111", code) is None
    assert weigh("otp 4111 username bo", code) is not None
    assert weigh("otp 41112", code) is not None


def test_the_trace_names_the_view() -> None:
    view = normalise("4\u200b1")
    weighed = Weighing(Likelihood.LIKELY, WORDS).weigh(Scan(view, {}, []), Candidate(0, 2))
    assert weighed == (Likelihood.LIKELY, ("view: plain characters",))
