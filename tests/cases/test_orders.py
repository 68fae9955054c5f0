"""The commands that set a case up are those that `catalog` takes."""

from bodemplaat.cases.model import Case
from bodemplaat.cases.orders import last_heard, phases
from services.catalog import commands

COMMANDS = {
    "register-partner": commands.RegisterPartner,
    "update-partner-statistics": commands.UpdatePartnerStatistics,
    "define-calendar": commands.DefineCalendar,
    "draft-catalogue-item": commands.DraftCatalogueItem,
    "publish-catalogue-item": commands.PublishCatalogueItem,
    "set-service-level": commands.SetServiceLevel,
    "sign-agreement": commands.SignAgreement,
}


def test_catalog_understands_every_order(case: Case) -> None:
    for phase in phases(case):
        for order in phase:
            COMMANDS[order.command].model_validate(order.body)


def test_an_order_has_an_id_of_its_own_that_never_changes(case: Case) -> None:
    ids = [order.command_id for phase in phases(case) for order in phase]
    assert len(set(ids)) == len(ids)
    assert ids == [order.command_id for phase in phases(case) for order in phase]


def test_the_item_that_nobody_takes_comes_last(case: Case) -> None:
    *_, last = phases(case)
    assert [order.body["item"] for order in last] == [last_heard(case)] == ["ICT-SB-11"]


def test_business_moments_do_not_depend_on_when_it_is_played(case: Case) -> None:
    moments = {order.now for phase in phases(case) for order in phase}
    assert min(moments) == case.set_up_at
    assert max(moments).year == 2026
