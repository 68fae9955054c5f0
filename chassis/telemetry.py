"""OpenTelemetry for every process: one trace from the HTTP request to the read model.

Trace ids are always made, so that logs and events carry them; spans are recorded and sent only
where an OTLP receiver is configured. Attribute names of the messaging conventions stand here and
nowhere else (they are not stable yet).
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF, ParentBased, TraceIdRatioBased
from opentelemetry.trace import Link, Span, SpanKind, Tracer
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from chassis.settings import Settings

SYSTEM = "messaging.system"
DESTINATION = "messaging.destination.name"
OPERATION = "messaging.operation.name"
MESSAGE_ID = "messaging.message.id"
BATCH_COUNT = "messaging.batch.message_count"

CLIENT = SpanKind.CLIENT
CONSUMER = SpanKind.CONSUMER
INTERNAL = SpanKind.INTERNAL
PRODUCER = SpanKind.PRODUCER
SERVER = SpanKind.SERVER

CARRIED = ("traceparent", "tracestate")
"""What travels of a trace (W3C Trace Context)."""
_CONTEXT = TraceContextTextMapPropagator()


def setup(service: str, settings: Settings) -> TracerProvider:
    """Install the process's tracer provider; a second call in one process keeps the first."""
    present = trace.get_tracer_provider()
    if isinstance(present, TracerProvider):
        return present
    ratio = ParentBased(TraceIdRatioBased(settings.trace_ratio))
    provider = TracerProvider(
        resource=Resource.create(
            {"service.name": f"bodemplaat-{service}", "service.namespace": "bodemplaat"}
        ),
        sampler=ratio if settings.otlp_endpoint else ALWAYS_OFF,
        shutdown_on_exit=False,
    )
    if settings.otlp_endpoint:
        # Imported here: the exporter costs 15 MB that a process without a receiver need not pay.
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
            OTLPSpanExporter,
        )

        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    return provider


@contextmanager
def span(
    name: str,
    kind: SpanKind,
    carrier: Mapping[str, str] | None = None,
    *,
    links: tuple[Link, ...] = (),
    **attributes: str | int,
) -> Iterator[Span]:
    """A span around the block, child of the trace that `carrier` brings, else of the current one.

    Attributes are given as keywords with `__` for a dot.
    """
    parent = extract(carrier) if carrier else None
    named = {key.replace("__", "."): value for key, value in attributes.items()}
    begun = _tracer().start_span(name, context=parent, kind=kind, links=links, attributes=named)
    with trace.use_span(begun, end_on_exit=True) as current:
        yield current


@cache
def _tracer() -> Tracer:
    """Looked up once: a look-up costs more than a span. It finds the provider that is set later."""
    return trace.get_tracer("bodemplaat")


def extract(carrier: Mapping[str, str]) -> Context:
    return _CONTEXT.extract(carrier)


def inject() -> dict[str, str]:
    """`traceparent` and `tracestate` of the current span; empty outside one."""
    carrier: dict[str, str] = {}
    _CONTEXT.inject(carrier)
    return carrier


def recorded() -> bool:
    """Whether spans go anywhere."""
    provider = trace.get_tracer_provider()
    return isinstance(provider, TracerProvider) and provider.sampler is not ALWAYS_OFF


def links(carriers: Iterable[Mapping[str, str]]) -> tuple[Link, ...]:
    """Links to the spans that the messages of a batch bring; none where nobody would see them."""
    if not recorded():
        return ()
    spans = (trace.get_current_span(extract(carrier)) for carrier in carriers if carrier)
    return tuple(Link(span.get_span_context()) for span in spans)
