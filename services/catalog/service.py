"""Composition of `catalog`. The table of commands is the index of its use cases."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.aggregates import Repository
from chassis.command import UseCase
from chassis.definition import Definition
from services.catalog import commands, handlers, models
from services.catalog.domain.calendar import Calendar
from services.catalog.domain.experience import ExperienceTarget
from services.catalog.domain.item import Item
from services.catalog.domain.norm import ServiceLevel
from services.catalog.domain.partner import Partner
from services.catalog.repository import Agreements, Work


def make_work(session: AsyncSession) -> Work:
    return Work(
        partners=Repository(session, models.Partner, Partner),
        items=Repository(session, models.Item, Item),
        calendars=Repository(session, models.Calendar, Calendar),
        norms=Repository(session, models.Norm, ServiceLevel),
        experiences=Repository(session, models.Experience, ExperienceTarget),
        agreements=Agreements(session),
    )


definition = Definition(
    name="catalog",
    work=make_work,
    commands={
        "register-partner": UseCase(commands.RegisterPartner, handlers.change_partner),
        "update-partner-statistics": UseCase(
            commands.UpdatePartnerStatistics, handlers.change_partner
        ),
        "announce-withdrawal": UseCase(commands.AnnounceWithdrawal, handlers.change_partner),
        "define-calendar": UseCase(commands.DefineCalendar, handlers.define_calendar),
        "correct-calendar": UseCase(commands.CorrectCalendar, handlers.define_calendar),
        "draft-catalogue-item": UseCase(commands.DraftCatalogueItem, handlers.change_item),
        "publish-catalogue-item": UseCase(commands.PublishCatalogueItem, handlers.change_item),
        "revise-catalogue-item": UseCase(commands.ReviseCatalogueItem, handlers.change_item),
        "retire-catalogue-item": UseCase(commands.RetireCatalogueItem, handlers.change_item),
        "set-service-level": UseCase(commands.SetServiceLevel, handlers.set_service_level),
        "correct-service-level": UseCase(commands.CorrectServiceLevel, handlers.set_service_level),
        "set-experience-target": UseCase(
            commands.SetExperienceTarget, handlers.set_experience_target
        ),
        "sign-agreement": UseCase(commands.SignAgreement, handlers.change_agreement),
        "amend-agreement": UseCase(commands.AmendAgreement, handlers.change_agreement),
        "end-agreement": UseCase(commands.EndAgreement, handlers.change_agreement),
    },
)
