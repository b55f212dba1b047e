"""An invitation to Ada Marsh, and what people do with invitations."""

from partnerships.models import Membership
from rpcportal.kit.roles import Role
from tests.factories.people import link_to, make_invitation

HOME = "/partnerships/rochdale/"
INVITATIONS = f"{HOME}invitations/"
INVITE = f"{INVITATIONS}new/"
ADA = "ada@x.org"
LINK = link_to("the-token")


def invite_ada(partnership, **values):
    """An invitation to Ada that LINK opens."""
    values = {"email": ADA, "token": "the-token", "role": Role.LEAD, "name": "Ada M"} | values
    return make_invitation(partnership, **values)


def join(client, name="Ada Marsh", link=LINK, **more):
    """Send the form of somebody who has no account yet."""
    return client.post(link, {"name": name, "job_title": "Chair", **more})


def membership_of_ada():
    return Membership.objects.get(user__email=ADA)


def invite(client, people, role="editor", organisation="", **more):
    """Send the coordinator's form."""
    body = {"people": people, "role": role, "organisation": organisation, **more}
    return client.post(INVITE, body)


def said(client):
    """What the list of invitations says at its top, as plain text."""
    return [str(message) for message in client.get(INVITATIONS).context["messages"]]


def link_in(mail):
    """The path of the link in an e-mail."""
    (line,) = (line for line in mail.body.splitlines() if line.startswith("http"))
    return line.removeprefix("http://testserver")
