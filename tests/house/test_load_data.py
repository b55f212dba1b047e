"""What ``script/run`` loads at its start, and what it refuses to run with."""

import pytest

from planning.models import Framework
from rpcportal import demo, run
from tests.factories.assessments import make_assessment
from tests.factories.frameworks import load_rpc_2018
from tests.factories.people import make_area


@pytest.mark.django_db
def test_the_demos_known_passwords_never_reach_production(settings):
    load_rpc_2018()
    demo.load()
    settings.PRODUCTION = True
    with pytest.raises(run.Problem, match="holds the demo partnership"):
        run.load_data(demo=True)


@pytest.mark.django_db(transaction=True)
def test_a_framework_in_use_whose_file_has_changed_is_a_note_and_no_end(capsys):
    framework = load_rpc_2018()
    Framework.objects.update(digest="of another file")
    make_assessment(make_area().partnership, framework)
    run.load_data(demo=False)
    assert "is in use, so it cannot change" in capsys.readouterr().out
    assert Framework.objects.get().digest == "of another file"
