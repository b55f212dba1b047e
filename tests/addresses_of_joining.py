"""The addresses of those who join an event without an account."""

from tests.address import A_KEY, EVERYONE, Address

# Whoever knows the code is in, and everybody else learns nothing: they belong to no partnership's
# people, and need no sign-in. Phones that are in: tests/pledges/test_phone.py.
ADDRESSES_OF_JOINING = {
    "join": Address(
        public=True, writers=EVERYONE, body=lambda world: {"code": world.occasion.code}
    ),
    "join_event": Address(
        find=lambda world: (world.occasion.key,),
        public=True,
        writers=EVERYONE,
        body=lambda world: {"organisation_words": "Seen by the walk", "request_key": A_KEY},
    ),
    "launch_phone": Address(find=lambda world: (world.occasion.pk,), public=True, writers=EVERYONE),
    "change_launch_note": Address(
        find=lambda world: (world.occasion.pk,), public=True, writers=EVERYONE
    ),
}
