"""Who may use what: the table, written by hand, and what each of its cells asks for."""

from dataclasses import dataclass

from lms.domain.people import Role
from tests.access.world import Actor

ANYONE, SIGNED_IN, SIGNED_OUT = "anyone", "signed in", "signed out"

# Methods, address, who comes in at all, and whose things they may touch there. Whoever does not
# come in is refused (403, or asked to sign in); a thing of others is not there at all (404). A link
# that makes an account is for who is signed out; others are sent to the account they have.
# Staff are assessors and coordinators; keepers are coordinators and operators.
TABLE = """
GET      | /                                            | anyone      |
GET      | /help                                        | anyone      |
GET      | /healthz                                     | anyone      |
GET      | /readyz                                      | anyone      |
GET      | /static/<path:filename>                      | anyone      |
GET      | /curriculum                                  | anyone      |
GET      | /curriculum/coverage                         | anyone      |
GET      | /curriculum/<program_id>                     | anyone      |
GET      | /verify                                      | anyone      |
GET      | /verify/<typed>                              | anyone      |
GET POST | /sign-in                                     | anyone      |
GET POST | /sign-up                                     | signed out  |
GET POST | /sign-up/<token>                             | signed out  |
GET POST | /join/<token>                                | signed out  |
GET POST | /reset                                       | anyone      |
GET POST | /reset/<token>                               | anyone      |
GET      | /check-your-mail                             | anyone      |
POST     | /sign-out                                    | signed in   |
GET POST | /account                                     | signed in   |
POST     | /account/devices/<ref>                       | signed in   | holder
POST     | /account/letters                             | learner     |
GET      | /learn                                       | learner     |
GET      | /learn/images/<digest>.<ext>                 | signed in   |
GET      | /learn/<program_id>/<module_id>              | learner     |
GET POST | /learn/<program_id>/<module_id>/<section_id> | learner     |
GET POST | /quizzes/<quiz_id>                           | learner     |
GET POST | /attempts/<ref>/<int:n>                      | learner     | holder
GET      | /attempts/<ref>/check                        | learner     | holder
POST     | /attempts/<ref>/submit                       | learner     | holder
GET      | /attempts/<ref>/result                       | learner     | holder
GET POST | /role-plays/<scenario_id>                    | learner     |
GET POST | /role-plays/answers/<ref>/<int:n>            | learner     | holder
GET POST | /role-plays/answers/<ref>/check              | learner     | holder
GET      | /role-plays/feedback/<ref>                   | learner     | holder
GET      | /hours                                       | learner     |
GET POST | /certificates                                | learner     |
GET      | /certificates/<code>.pdf                     | signed in   | holder coordinator
GET      | /certificates/<code>-transcript.pdf          | signed in   | holder coordinator
GET      | /certificates/<code>/<version>.pdf           | signed in   | holder coordinator
GET      | /certificates/<code>/credential.<form>        | signed in   | holder coordinator
GET      | /certificates/<code>/wallet                  | signed in   | holder coordinator
GET      | /certificates/all.json                       | learner     |
GET      | /grading                                     | assessor    |
GET POST | /grading/<ref>                               | assessor    | assessor
GET      | /grading/live                                | assessor    |
POST     | /grading/live                                | assessor    | assessor
GET POST | /outcomes/<ref>                              | staff       | staff
GET      | /outcomes                                    | staff       |
POST     | /outcomes                                    | staff       | staff
GET      | /sessions                                    | staff       |
POST     | /sessions                                    | assessor    | assessor
GET      | /sessions/<ref>                              | staff       | staff
POST     | /sessions/<ref>                              | assessor    | assessor
GET      | /guides                                      | staff       |
GET      | /guides/<guide_id>                           | staff       |
GET      | /guides/<guide_id>.pdf                       | staff       |
GET      | /manage                                      | coordinator |
GET POST | /manage/cohorts/<ref>/invite                 | coordinator | coordinator
GET POST | /manage/people/<ref>                         | coordinator | coordinator
POST     | /manage/people/<ref>/quizzes/<quiz_id>       | coordinator | coordinator
GET POST | /manage/hours/<ref>                          | coordinator | coordinator
GET POST | /manage/certificates/<code>/name             | coordinator | coordinator
GET POST | /manage/certificates/<code>/revoke           | coordinator | coordinator
GET POST | /manage/certificates/<code>/suspend          | coordinator | coordinator
GET      | /requirements                                | learner     |
GET POST | /requirements/choose                         | learner     |
GET      | /requirements/<pack_id>                      | learner     |
POST     | /requirements/<pack_id>/follow               | learner     |
GET POST | /requirements/<pack_id>/facts                | learner     |
GET POST | /requirements/<pack_id>/credential           | learner     |
GET      | /requirements/<pack_id>/moving               | learner     |
GET POST | /requirements/<pack_id>/application          | learner     |
GET      | /applications/<ref>.pdf                      | learner     | holder
GET      | /applications/<ref>.csv                      | learner     | holder
GET      | /manage/cohorts/<ref>/requirements           | coordinator | coordinator
GET POST | /manage/cohorts/<ref>/stuck                  | coordinator | coordinator
GET POST | /manage/cohorts/<ref>/roster                 | coordinator | coordinator
GET POST | /manage/cohorts/<ref>/old-hours              | coordinator | coordinator
GET POST | /certificates/<code>/words                   | learner     | holder
POST     | /certificates/renew/<program_id>             | learner     |
GET POST | /certificates/name                           | learner     |
POST     | /certificates/<code>/public-name             | learner     | holder
GET POST | /certificates/<code>/share                   | learner     | holder
POST     | /certificates/links/<ref>/end                | learner     | holder
GET POST | /shared/<token>                              | anyone      |
POST     | /shared/<token>/<kind>.pdf                   | anyone      |
GET POST | /manage/names/<ref>                          | coordinator | coordinator
GET POST | /manage/cohorts/<ref>/certificates           | coordinator | coordinator
GET POST | /manage/letterhead                           | keeper      |
GET POST | /manage/revocations                          | coordinator |
GET      | /manage/undertakings/<ref>                   | keeper      | keeper
POST     | /manage/undertakings/<ref>/agree             | keeper      | keeper
POST     | /manage/undertakings/<ref>/withdraw          | keeper      | keeper
GET      | /operate                                     | operator    |
GET      | /provider                                    | anyone      |
GET POST | /operate/provider                            | operator    |
GET      | /operate/accreditation                       | operator    |
GET      | /operate/trainers                            | operator    |
GET POST | /operate/trainers/<ref>                      | operator    |
POST     | /operate/qualifications/<ref>/withdraw       | operator    |
GET POST | /evaluations/<program_id>                    | learner     |
GET POST | /hours/add                                   | learner     |
GET POST | /hours/lines/<ref>                           | learner     | holder
GET      | /hours/confirm                               | learner     |
POST     | /hours/confirm                               | learner     | holder
GET POST | /hours/confirmations/<ref>                   | learner coordinator | holder coordinator
GET POST | /confirm/<token>                             | anyone      |
GET      | /confirmed                                   | anyone      |
GET      | /manage/transfers                            | coordinator |
GET POST | /manage/transfers/<ref>                      | coordinator | coordinator
GET      | /sessions/plan                               | staff       |
POST     | /sessions/plan                               | staff       | staff
GET POST | /sessions/<ref>/change                       | staff       | staff
GET      | /sessions/<ref>/sheet                        | staff       | staff
GET POST | /sessions/<ref>/door                         | assessor    | assessor
GET POST | /sessions/<ref>/code                         | assessor    | assessor
GET      | /timetable                                   | learner     |
GET POST | /timetable/<ref>                             | learner     | learner
GET      | /calendar/<token>.ics                        | anyone      |
POST     | /account/calendar                            | signed in   |
GET POST | /account/delete                              | signed in   |
GET      | /account/deleted                             | anyone      |
GET      | /releases                                    | learner     |
GET POST | /releases/new                                | learner     |
GET      | /releases/<ref>                              | learner     | holder
POST     | /releases/<ref>/end                          | learner     | holder
POST     | /releases/<ref>/again                        | learner     | holder
GET      | /board                                       | board       |
GET      | /board/how                                   | board       |
GET      | /board/releases/<ref>                        | board       | board
POST     | /board/releases/<ref>/open                   | board       | board
GET POST | /board/releases/<ref>/decide                 | board       | board
GET      | /board/watches                               | board       |
POST     | /board/watches/<ref>                         | board       | board
GET POST | /board/people                                | board       |
GET POST | /board/people/<ref>                          | board       | board
GET      | /board/log                                   | board       |
GET POST | /board/draft                                 | board       |
GET POST | /board/draft/preview                         | board       |
GET POST | /operate/boards                              | operator    |
GET POST | /operate/boards/<ref>                        | operator    |
POST     | /operate/boards/<ref>/invite                 | operator    |
GET POST | /board/check                                 | board       |
GET      | /board/checks                                | board       |
GET      | /board/checks/<ref>                          | board       | board
GET      | /board/checks/<ref>/answers.csv              | board       | board
GET      | /board/checks/<ref>/answers.csv.sig          | board       | board
GET      | /board/checks/<ref>/sheet.pdf                | board       | board
GET      | /board/checks/<ref>/sheet.pdf.sig            | board       | board
POST     | /board/checks/<ref>/delete                   | board       | board
GET      | /board/sample                                | board       |
GET POST | /board/keys                                  | board       |
POST     | /board/keys/<ref>/end                        | board       | board
GET POST | /board/releases/<ref>/sheet                  | board       | board
GET      | /board/releases/<ref>/sheet.<ext>            | board       | board
GET      | /board/releases/<ref>/sheet.<ext>.sig        | board       | board
GET POST | /verify/sheet                                | anyone      |
GET      | /.well-known/peerpath-key.txt                | anyone      |
GET      | /api/v1/openapi.json                         | anyone      |
GET      | /verify/<typed>/proof                        | anyone      |
GET POST | /verify/file                                 | anyone      |
GET      | /verify/<typed>/record.json                  | anyone      |
GET      | /.well-known/did.json                        | anyone      |
GET      | /status/revocation/<int:number>              | anyone      |
GET      | /credentials/<token>                         | anyone      |
GET      | /log/checkpoint                              | anyone      |
GET      | /log/key                                     | anyone      |
GET      | /log/tile/<path:address>                     | anyone      |
"""

# What programs ask with a key of a board: method, address, the scope it takes, and whose things.
# No sign-in opens these, and a key opens nothing else.
KEY_TABLE = """
GET      | /api/v1/certificates/<code>                  | verify      |
POST     | /api/v1/certificates/check                   | verify      |
GET      | /api/v1/releases                             | releases    |
GET      | /api/v1/releases/<ref>                       | releases    | board
"""


# What counts by a signature that stands in it, whoever sends it, and by nothing else.
SEALED_TABLE = """
POST     | /log/cosignatures                            | anyone      |
"""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    methods: tuple[str, ...]
    route: str
    who: str
    whose: str

    def lets_in(self, actor: Actor) -> bool:
        """True when the door opens, whatever they then ask for."""
        if self.who in (ANYONE, SIGNED_OUT, SIGNED_IN):
            return self.who == ANYONE or actor.is_signed_in == (self.who == SIGNED_IN)
        return actor.is_signed_in and any(Role(role) in actor.roles for role in self.who.split())

    def is_theirs(self, actor: Actor, cohort: str) -> bool:
        """True when the thing of this cohort is one they may touch."""
        words = self.whose.split()
        return (
            not words
            or ("holder" in words and actor.owns == cohort)
            or ("operator" in words and Role.OPERATOR in actor.roles)
            or any(word != "holder" and (Role(word), cohort) in actor.grants for word in words)
        )


def _row(line: str) -> Row:
    words = line.replace(" staff", " assessor coordinator").replace(
        " keeper", " coordinator operator"
    )
    methods, route, who, whose = (part.strip() for part in words.split("|"))
    return Row(tuple(methods.split()), route, who, whose)


ROWS = tuple(_row(line) for line in TABLE.strip().splitlines())
SEALED_ROWS = tuple(_row(line) for line in SEALED_TABLE.strip().splitlines())
KEY_ROWS = tuple(_row(line) for line in KEY_TABLE.strip().splitlines())
