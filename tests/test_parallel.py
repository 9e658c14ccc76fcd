"""Blocks of work on any kind of workers: the same bits, also when a worker dies; interrupting leaves nobody behind."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from netlearn import NetlearnError
from netlearn.inference.parallel import run_jobs
from netlearn.inference.permute import draw, rearranged
from netlearn.inference.rearrange import Labels, Relabel, Swaps

HARD = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows ends a process at once with SIGTERM


@pytest.fixture(scope="module")
def cluster():
    """Two processes under a dask scheduler."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as running:
        yield running


@pytest.fixture(scope="module")
def address(cluster):
    return cluster.scheduler_address


@dataclass(frozen=True)
class Normal:
    """A sampler of normal numbers that takes its time."""

    pause: float = 0.0

    def __call__(self, rng, size):
        time.sleep(self.pause)
        return rng.standard_normal((size, 2))


@dataclass(frozen=True)
class Weighted:
    """A statistic of rearrangements."""

    weights: np.ndarray

    def __call__(self, rows):
        return rows @ self.weights


def square_after_a_death(job):
    """Square a number; the seventh kills its process the first time."""
    number, flag = job
    time.sleep(0.01)
    if number == 7 and not Path(flag).exists():
        Path(flag).touch()
        os.kill(os.getpid(), HARD)
    return number * number


def die(_):
    os.kill(os.getpid(), HARD)


def slow(number):
    time.sleep(0.02)
    return number, os.getpid()


def slow_until_interrupted(number):
    time.sleep(0.02)
    if number == 5:
        raise KeyboardInterrupt
    return number


def refuse(number):
    if number == 5:
        raise NetlearnError("number five is not wanted.")
    return number


def drawn(workers):
    """Everything that is drawn: a plain sampler, and every kind of rearrangement."""
    weights = np.random.default_rng(0).standard_normal(12)
    kinds = (Relabel(np.zeros(12, int)), Labels(np.arange(12) % 3, np.zeros(12, int)), Swaps(12))
    found = [draw(Normal(), 2_350, 5, workers=workers)]
    for kind in kinds:
        values, exact = rearranged(kind, Weighted(weights), 1_999, 7, workers=workers)
        assert not exact
        found.append(values)
    return found


def test_any_number_of_processes_gives_the_same_bits():
    one, two, three = drawn(1), drawn(2), drawn(3)
    for a, b, c in zip(one, two, three, strict=True):
        assert a.tobytes() == b.tobytes() == c.tobytes()


def test_a_cluster_gives_the_same_bits(address):
    for a, b in zip(drawn(1), drawn(address), strict=True):
        assert a.tobytes() == b.tobytes()


def test_several_processes_are_really_used(address):
    for workers in (2, address):
        results = run_jobs(slow, range(20), workers)
        assert [number for number, _ in results] == list(range(20))
        pids = {pid for _, pid in results}
        assert len(pids) == 2
        assert os.getpid() not in pids


@pytest.mark.parametrize("kind", ["processes", "cluster"])
def test_a_worker_that_kills_itself_is_replaced(kind, tmp_path, request):
    workers = 2 if kind == "processes" else request.getfixturevalue("address")
    flag = tmp_path / "died"
    jobs = [(number, str(flag)) for number in range(20)]
    assert run_jobs(square_after_a_death, jobs, workers) == [number * number for number in range(20)]
    assert flag.exists()


def test_a_worker_of_a_cluster_killed_in_the_middle_changes_nothing(address):
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=20)
        victim = min(client.run(os.getpid).values())
    killed = threading.Event()

    def kill():
        os.kill(victim, HARD)
        killed.set()

    timer = threading.Timer(0.2, kill)
    timer.start()
    # Twenty blocks of 0.05 seconds each take two processes half a second.
    values = draw(Normal(0.05), 2_000, 5, workers=address)
    timer.join()
    assert killed.is_set()
    assert values.tobytes() == draw(Normal(), 2_000, 5).tobytes()


def test_a_process_killed_in_the_middle_changes_nothing():
    victims = [pid for _, pid in run_jobs(slow, range(8), 2)]
    killed = threading.Event()

    def kill():
        os.kill(victims[0], HARD)  # the processes are kept between runs
        killed.set()

    timer = threading.Timer(0.2, kill)
    timer.start()
    values = draw(Normal(0.05), 2_000, 5, workers=2)
    timer.join()
    assert killed.is_set()
    assert values.tobytes() == draw(Normal(), 2_000, 5).tobytes()


def test_processes_that_die_every_time_are_given_up(monkeypatch):
    monkeypatch.setattr("netlearn.inference.parallel.TRIES", 2)
    with pytest.raises(NetlearnError, match="died again and again after 0 of 4 jobs"):
        run_jobs(die, range(4), 2)


def test_an_error_in_a_job_is_raised_as_it_is(address):
    for workers in (1, 2, address):
        with pytest.raises(NetlearnError, match="number five"):
            run_jobs(refuse, range(10), workers)
    assert run_jobs(abs, [-1, -2], address) == [1, 2]


INTERRUPTED = """
import time
from netlearn.inference.parallel import run_jobs
print("ready", flush=True)
run_jobs(time.sleep, [0.05] * 10_000, 2)
"""


def workers_of(function, jobs):
    """Processes that serve now."""
    return {pid for _, pid in run_jobs(function, jobs, 2)}


def alive(pid):
    """Tell whether a process runs; one that has ended but was not yet asked for counts as ended."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"


def gone(pids, seconds=10):
    end = time.monotonic() + seconds
    while any(alive(pid) for pid in pids) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(alive(pid) for pid in pids)


needs_proc = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="platform: processes are looked up in /proc"
)


@needs_proc
def test_an_interrupted_job_stops_every_process():
    pids = workers_of(slow, range(20))
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run_jobs(slow_until_interrupted, range(10_000), 2)
    assert time.monotonic() - start < 60
    assert gone(pids)
    with pytest.raises(KeyboardInterrupt):
        run_jobs(slow_until_interrupted, range(10), 1)


@needs_proc
def test_interrupting_the_program_leaves_no_process_behind():
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as program:
        program.stdout.readline()
        end = time.monotonic() + 20
        while (
            len(children(program.pid)) < 3 and time.monotonic() < end
        ):  # two workers and what watches over them
            time.sleep(0.05)
        time.sleep(0.3)
        family = [program.pid, *children(program.pid)]
        assert len(family) >= 4
        os.killpg(program.pid, signal.SIGINT)  # what a terminal does on Ctrl-C
        program.communicate(timeout=20)
    assert program.returncode in (1, -signal.SIGINT, 130)
    assert gone(family)


def children(parent):
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == parent:
            found.append(int(stat.parent.name))
    return found


@needs_proc
def test_interrupting_takes_what_is_left_from_the_queue_of_a_cluster(address):
    from distributed import Client

    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        run_jobs(slow, range(2_000), address)  # twenty seconds for two processes
    timer.join()
    with Client(address, set_as_default=False) as client:
        end = time.monotonic() + 10
        while any(client.processing().values()) and time.monotonic() < end:
            time.sleep(0.05)
        assert not any(client.processing().values())


def test_without_the_extra_the_message_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NetlearnError, match=r"needs the extra `dask`: pip install 'netlearn\[dask\]'"):
        run_jobs(abs, [1, 2], "tcp://127.0.0.1:8786")


def test_an_address_where_nobody_answers_is_named(monkeypatch):
    monkeypatch.setattr("netlearn.inference.parallel.PATIENCE", 0.5)
    for nowhere in ("tcp://127.0.0.1:9", "letters://127.0.0.1:8786"):
        with pytest.raises(NetlearnError, match=f"no dask scheduler answers at {nowhere}"):
            run_jobs(abs, [1, 2], nowhere)


@pytest.mark.parametrize("workers", [0, -1, True, 1.5, None, "", "2", "localhost:8786"])
def test_workers_are_a_number_or_an_address(workers):
    with pytest.raises(NetlearnError, match="workers must be"):
        run_jobs(abs, [1, 2], workers)


def test_no_jobs_are_no_work():
    assert run_jobs(abs, [], 1) == run_jobs(abs, [], 2) == []


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("stream", "progress", "shown"),
    [
        (Terminal, True, True),
        (Terminal, False, False),
        (io.StringIO, True, False),
        (io.StringIO, False, False),
    ],
)
def test_the_bar_is_shown_on_a_terminal_only(stream, progress, shown, monkeypatch):
    error = stream()
    monkeypatch.setattr(sys, "stderr", error)
    run_jobs(abs, [1, 2, 3], progress=progress, label="counting")
    assert ("counting" in error.getvalue()) == shown
