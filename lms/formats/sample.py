"""A made-up certificate, marked as one: to measure the press by, and to see how a change looks."""

from lms.domain.certificate import Facts, HourLine, Provider, code_from

_HOURS = tuple(
    HourLine(f"Topic {n}", "Self-paced online" if n % 2 else "Live online", 540) for n in range(6)
)


def sample(provider: Provider) -> Facts:
    """The facts of nobody's certificate, by this provider."""
    return Facts(
        code=code_from(2**127),
        holder="Sample Person",
        program="Peer Support Core",
        program_id="peer-support-core",
        edition="0123456789ab",
        statement="Training specific to peer support, by the SAMHSA core competencies.",
        objectives=("Listen.",),
        started_on="2026-01-05",
        completed_on="2026-05-04",
        issued_on="2026-05-06",
        expires_on="2028-05-06",
        minutes=3240,
        hours=_HOURS,
        assessment=("20 quizzes passed at 80 %", "6 role-plays judged competent against a rubric"),
        instructors=("A. Trainer", "B. Trainer"),
        provider=provider.name,
        provider_address=provider.address,
        approvals=("Board of Peers 88-1201",),
        signatory=provider.signatory,
        signatory_title=provider.signatory_title,
        retention="Kept for seven years.",
        verify_at="https://learn.example/verify",
        demo=True,
    )
