"""Orders to the workers of a Dask cluster, answers back as they come.

By default the cluster is on this machine: a scheduler in this process, a worker for each core,
loopback only, and TLS with a certificate that lives as long as the run, because whoever can
talk to a Dask scheduler can run code in its workers. `--scheduler` names one that is there.

Workers must grade as this process would. One with other versions, other code or other walls is
refused by name. What a worker sends is text; unpickling answers is switched off.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import queue
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from typing import Any

from autograder.grading.cluster_trouble import ClusterTrouble
from autograder.grading.desk import differences, inspected, work
from autograder.grading.local_workers import LocalWorkers, WorkersDie
from autograder.grading.worker import Order

__all__ = ["Cluster"]

Reply = dict[str, Any]
Tell = Callable[[dict[str, Any]], None]
DEPTH = 2  # orders a worker holds: the next one is there when one is done
TICK = 0.5
WORKERS_SECONDS = 300.0
CONNECT_SECONDS = 10
SAFE = ["dask", "msgpack"]  # what answers may be made of; no pickle


class Cluster:
    """A cluster as a context. `run` keeps every worker busy; `alone` asks for one answer."""

    def __init__(
        self, *, width: int, scheduler: str | None, level: str, tell: Tell = lambda event: None
    ) -> None:
        self.width, self.scheduler, self.level, self.tell = width, scheduler, level, tell
        self.ours = None if scheduler is None else _expected(level)
        self.refused: dict[str, list[str]] = {}
        self.things = ExitStack()
        self.local: LocalWorkers | None = None
        self.done: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def __enter__(self) -> Cluster:
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        try:
            self._connect()
            self._wait()
        except BaseException:
            self.things.close()
            raise
        return self

    def __exit__(self, *error: Any) -> None:
        self.things.close()

    def run(self, orders: Iterable[tuple[Any, Order]]) -> Iterator[tuple[Any, Reply]]:
        """(whose, reply) as they come; whose is what came with the order."""
        waiting = iter(orders)
        running: dict[Any, tuple[Any, Order]] = {}
        try:
            while True:
                while len(running) < DEPTH * self.width:
                    whose, order = next(waiting, (None, None))
                    if order is None:
                        break
                    running[self._submit(order)] = (whose, order)
                if not running:
                    return
                future = self._next(running)
                if future is None or future not in running:
                    continue
                whose, order = running.pop(future)
                reply = self._reply(future)
                if "refused" in reply:
                    self._refuse_late(reply)
                    running[self._submit(order)] = (whose, order)
                    continue
                yield whose, reply
        finally:
            with suppress(Exception):
                self.client.cancel(list(running))

    def alone(self, order: Order) -> Reply:
        """The reply to one order, while nothing else runs."""
        [(_, reply)] = self.run([(None, order)])
        return reply

    def _connect(self) -> None:
        if self.scheduler is None:  # they get ready while Dask is imported here
            self.local = LocalWorkers(self.width, self.level)
            self.things.callback(self.local.end)
        import dask
        from distributed import Client, LocalCluster
        from distributed.security import Security

        options: dict[str, Any] = {"serializers": SAFE, "deserializers": SAFE}
        if self.scheduler is not None:
            _must_be_private(self.scheduler)
            try:
                self.client = Client(self.scheduler, timeout=CONNECT_SECONDS, **options)
            except (OSError, ValueError, RuntimeError) as error:
                raise ClusterTrouble(
                    f"There is no scheduler at {self.scheduler} ({_brief(error)}). Is it running, "
                    "and are the certificates those of the cluster?"
                ) from None
            self.things.callback(self.client.close)
            return
        # A worker that died takes only what it had: each of those is tried again alone.
        self.things.enter_context(dask.config.set({
            "distributed.scheduler.allowed-failures": 0,
            "distributed.scheduler.http.routes": [],
        }))
        security = Security.temporary()
        cluster = self.things.enter_context(LocalCluster(
            n_workers=0, protocol="tls", host="127.0.0.1", dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False}, security=security,
            silence_logs=logging.CRITICAL,
        ))
        assert self.local is not None
        self.local.serve(cluster.scheduler_address, security)
        self.client = Client(cluster, **options)
        self.things.callback(self.client.close)
        self.things.callback(self.local.end)  # first of all; a second time does no harm

    def _wait(self) -> None:
        """Until there is a worker that may grade. Raises ClusterTrouble if there is none."""
        waited = 0.0
        while True:
            with suppress(TimeoutError):
                self.client.wait_for_workers(1, timeout=TICK)
                break
            waited += TICK
            self._mend()
            if waited >= WORKERS_SECONDS:
                raise ClusterTrouble(f"No worker came to {self.scheduler or 'the local cluster'} "
                                     f"within {WORKERS_SECONDS:g} seconds.")
        if self.local is not None:
            return
        if not self._good():
            why = "; ".join(f"{name}: {', '.join(each)}" for name, each in self.refused.items())
            raise ClusterTrouble(f"No worker of {self.scheduler} may grade this course. {why}.")
        self.width = len(self._good())

    def _good(self) -> list[str]:
        """The workers that grade as we would; the others are named, each once."""
        good = []
        for address, theirs in self.client.run(
            inspected, self.level, on_error="return", nanny=False
        ).items():
            wrong = (differences(theirs, self.ours or theirs) if isinstance(theirs, str)
                     else [f"it cannot load autograder ({_brief(theirs)})"])
            if wrong:
                self._refuse(address, wrong)
            else:
                good.append(address)
        return good

    def _refuse(self, address: str, wrong: list[str]) -> None:
        if address not in self.refused:
            self.refused[address] = wrong
            self.tell({"event": "refused", "worker": address, "why": wrong})

    def _refuse_late(self, reply: Reply) -> None:
        """A worker that came while we were at it."""
        good = self._good()
        if not good:
            raise ClusterTrouble(f"No worker is left that may grade this course; {reply['host']} "
                                 f"has {', '.join(reply['refused'])}.")

    def _submit(self, order: Order) -> Any:
        only = self._good() if self.refused else None
        try:
            future = self.client.submit(
                work, order, self.level, self.ours, pure=False, retries=0, workers=only,
                allow_other_workers=False,
            )
        except Exception as error:
            raise self._gone(error) from error
        future.add_done_callback(self.done.put)
        return future

    def _next(self, running: dict[Any, Any]) -> Any:
        """A future that is done, None after a while without one."""
        try:
            return self.done.get(timeout=TICK)
        except queue.Empty:
            self._mend()
        if self.client.status != "running":
            raise self._gone(None)
        if self.scheduler is not None and not self.client.scheduler_info(n_workers=-1)["workers"]:
            raise ClusterTrouble(f"{self.scheduler} has no workers any more. What was graded so "
                                 "far is kept; run the same command again.")
        return None

    def _mend(self) -> None:
        if self.local is not None:
            try:
                self.local.mend()
            except WorkersDie as error:
                raise ClusterTrouble(str(error)) from None

    def _reply(self, future: Any) -> Reply:
        if future.status != "finished":
            self._mend()
            return {"broken": f"the worker was lost: {_brief(future.exception())}"}
        if self.local is not None:
            self.local.answered()
        try:
            reply = json.loads(future.result())
        except ValueError:
            reply = None
        return reply if isinstance(reply, dict) else {"broken": "the worker spoke nonsense"}

    def _gone(self, error: Exception | None) -> ClusterTrouble:
        where = self.scheduler or "The local scheduler"
        return ClusterTrouble(f"{where} is gone{f' ({_brief(error)})' if error else ''}. What was "
                              "graded so far is kept; run the same command again.")


def _expected(level: str) -> str:
    """What workers elsewhere must be like: this machine itself may have no walls."""
    return json.dumps({**json.loads(inspected("none")), "sandbox": level})


def _must_be_private(address: str) -> None:
    """Orders hold students' work and the seeds of hidden numbers: TLS, or this machine alone."""
    protocol, _, rest = address.rpartition("://")
    host = rest.rpartition(":")[0].strip("[]")
    with suppress(ValueError):
        if ipaddress.ip_address(host).is_loopback:
            return
    if protocol == "tls" or host == "localhost":
        return
    raise ClusterTrouble(
        f"{address} would send students' work and hidden numbers in the clear, and let anybody on "
        "the network run code in the workers. Use tls:// with certificates (docs/clusters.md), or "
        "a tunnel that ends at 127.0.0.1."
    )


def _brief(error: Any) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]
