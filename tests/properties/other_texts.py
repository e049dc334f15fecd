"""Texts in which nobody meets, agrees or says anything of the kind, by their kind."""

from __future__ import annotations

RECIPE = """Lentil soup with lemon

Serves four. Ready in 40 minutes.

Ingredients
- 250 g red lentils
- 1 large onion, finely chopped
- 2 tbsp olive oil
- 1 tsp ground cumin
- juice of half a lemon
- 1.2 l vegetable stock

Rinse the lentils until the water runs clear. Heat the oil in a heavy pan and soften the onion for five minutes. Stir in the cumin,
then add the lentils and the stock. Bring to the boil, reduce the heat and leave to simmer for twenty minutes. Do not let the soup
catch at the bottom. When the lentils have collapsed, blend half of the soup and return it to the pan. Season with salt, and finish
with the lemon. Serve with Turkish bread, a spoonful of Greek yogurt and a few leaves of French parsley. Leftovers will keep in the
fridge for three days; they may thicken, so add a little water when you warm them up.
"""

PYTHON = '''"""Keep a queue of jobs."""

from collections import deque
import logging


class Queue:
    """First in, first out."""

    def __init__(self, limit: int = 10) -> None:
        self.limit = limit
        self.jobs: deque[str] = deque()

    def accept(self, job: str) -> bool:
        # Reject the job if the queue is full; the caller must retry.
        if len(self.jobs) >= self.limit:
            logging.warning("job %s rejected: limit of %d reached", job, self.limit)
            return False
        self.jobs.append(job)
        return True

    def meet(self, other: "Queue") -> None:
        while other.jobs and self.accept(other.jobs.popleft()):
            pass


if __name__ == "__main__":
    queue = Queue(limit=2)
    assert queue.accept("visit")
    print(f"agreed: {queue.jobs}")
'''

C = """#include <stdio.h>
#include <stdlib.h>

/* Support both sides: returns the signed distance between two points. */
static int distance(const struct point *a, const struct point *b)
{
    if (a == NULL || b == NULL) {
        fprintf(stderr, "error: call to distance() refused\\n");
        return -1;
    }
    return abs(a->x - b->x) + abs(a->y - b->y); // Manhattan
}

int main(void)
{
    struct point london = {0, 51}, paris = {2, 48};
    printf("%d\\n", distance(&london, &paris));
    goto end;
end:
    return EXIT_SUCCESS;
}
"""

TABLE = """country,capital,year,population,gdp,observers
Norway,Oslo,2019,5347896,434.1,12
Kenya,Nairobi,2019,52573973,100.5,4
Peru,Lima,2019,32510453,228.3,7
Viet Nam,Hanoi,2019,96462106,334.4,0
Norway,Oslo,2020,5379475,362.5,11
Kenya,Nairobi,2020,53771296,100.7,5
Peru,Lima,2020,32971854,201.9,
"""

COLUMNS = """Trade in goods, million USD

Reporter        Partner         2018      2019      Change
Norway          Germany         16,214    15,402    -5.0 %
Norway          United Kingdom  25,901    20,118    -22.3 %
Kenya           Uganda             610       591    -3.1 %
Kenya           Pakistan           585       443    -24.3 %
Peru            China           13,238    13,546    +2.3 %
Total                           56,548    50,100    -11.4 %
"""

LOG = """2031-02-26T08:14:02Z INFO  server started on port 8443
2031-02-26T08:14:03Z INFO  accepted connection from 10.0.4.17
2031-02-26T08:14:09Z WARN  peer 10.0.4.17 rejected handshake: protocol TLS1.0 not supported
2031-02-26T08:15:40Z ERROR call to backend paris-02 failed after 3 attempts: connection refused
2031-02-26T08:15:41Z INFO  retrying in 30 s
2031-02-26T08:16:11Z INFO  session 88f2 resumed, agreement on cipher AES-256
2031-02-26T08:20:00Z DEBUG visit counter = 1048
"""

POEM = """The harbour keeps its lamps turned low,
the gulls have quarrelled and gone home;
one boat that nobody will row
lies dreaming in a hem of foam.

O winter, lend me half your white,
I promise I shall give it back
when April calls across the night
and geese come talking down the track.
"""

FOOTBALL = """Kenya beat Norway 2-1 in Lisbon on Saturday to reach the last four.
Norway attacked from the start and Lund struck the post after
six minutes, but Kenya defended well and hit back on the break. Wafula shot Kenya into the lead shortly before the interval; Norway
replied through a penalty. The visitors pressed for a winner, and in the last minute Otieno fired home from twenty metres. Norway
lost their captain to injury and had a defender sent off for fighting. Kenya will meet Peru in the semi-final next Wednesday.
"""

MANUAL = """Read these instructions before use. Do not immerse the kettle in water. Remove all packaging and fill the tank to the MAX mark.
Press the green button to start. If the lamp flashes, the filter must be replaced: open the cover, pull the filter out, and push the
new one in until it clicks. Never leave the appliance unattended. Call the service line if the fault remains. The warranty covers
defects in material for two years. The maker accepts no liability for damage caused by improper use.
"""

LOREM = """Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua.
Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo consequat. Duis aute irure dolor in
reprehenderit in voluptate velit esse cillum dolore eu fugiat nulla pariatur.
"""

TERMS = """1. These terms govern your use of the service. By opening an account you agree to them.
If you do not agree, do not use the service.
2. We may change these terms at any time. We will notify you of material changes at least thirty days before they take effect.
3. You must not resell the service or attack its integrity. We may suspend your account if you breach this clause.
4. The service is provided as is. Neither party shall be liable for indirect loss. Nothing in these terms limits liability for fraud.
5. These terms are subject to the law of Norway, and the courts of Oslo have jurisdiction over any dispute.
"""

WEATHER = """A ridge of high pressure over southern Norway moves east tonight.
Oslo stays dry with light winds; frost is possible inland. On Thursday a
front reaches the west coast, and Bergen can expect heavy rain from noon. Winds may reach gale force off Stad. Temperatures will fall
to minus four in the mountains by Friday morning. The outlook for the weekend remains uncertain.
"""

OTHER_TEXTS = {
    "recipe": RECIPE,
    "source code in Python": PYTHON,
    "source code in C": C,
    "comma-separated table": TABLE,
    "table in columns": COLUMNS,
    "log": LOG,
    "poem": POEM,
    "football report": FOOTBALL,
    "manual": MANUAL,
    "filler": LOREM,
    "terms of use": TERMS,
    "weather report": WEATHER,
}
