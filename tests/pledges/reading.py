"""Pages as people read them: their own words, without tags."""

import re

from tests.factories.people import client_of

TAG = re.compile(r"<[^>]+>")


def read(user, path):
    """What the page's own part says, spaces as one."""
    response = client_of(user).get(path)
    assert response.status_code == 200
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(TAG.sub(" ", main).split())
