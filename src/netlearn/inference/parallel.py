"""Run blocks of work here, in processes of this machine, or on a dask cluster: always the same numbers.

What a block computes depends on its own seed alone, and results are put in the order of the blocks, so the number and
kind of workers changes nothing but the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from tqdm import tqdm

from netlearn.errors import NetlearnError

Job = TypeVar("Job")
Result = TypeVar("Result")
Workers = int | str
TRIES = 3  # how often in a row lost processes are replaced before the error is shown
PATIENCE = 10  # seconds until a scheduler that does not answer is given up


def run_jobs(
    function: Callable[[Job], Result],
    jobs: Sequence[Job],
    workers: Workers = 1,
    *,
    progress: bool = False,
    label: str = "netlearn",
) -> list[Result]:
    """Apply a function to every job and return the results in the order of the jobs.

    Parameters
    ----------
    function : callable
        Of one job; for several workers it and the jobs must be picklable (no lambda, no inner function).
    jobs : sequence
    workers : int or str
        1: in this process. More: that many processes of this machine (joblib). Text: the address of a running dask
        scheduler, such as "tcp://10.0.0.5:8786" (needs the extra `dask`).
    progress : bool
        Show a bar on standard error, if that is a terminal.

    Raises
    ------
    NetlearnError
        `workers` is neither, the extra is missing, no scheduler answers, or processes die again and again.

    Notes
    -----
    A process that dies is replaced and its jobs are run again. An error in a job is raised here as it is. Interrupting
    (Ctrl-C) stops the processes of this machine, and takes what is left from the queue of a cluster.

    Examples
    --------
    >>> run_jobs(abs, [-2, 1, -3])
    [2, 1, 3]
    """
    check_workers(workers)
    bar = tqdm(total=len(jobs), desc=label, disable=None if progress else True, leave=False)
    with bar:
        results = []
        for result in _results(function, jobs, workers):
            results.append(result)
            bar.update()
    return results


def check_workers(workers: Workers) -> None:
    """Refuse what is neither a number of processes nor the address of a dask scheduler."""
    if isinstance(workers, str):
        if "://" not in workers:
            raise NetlearnError(
                f"workers must be a number or the address of a dask scheduler such as tcp://host:8786; got {workers!r}."
            )
    elif isinstance(workers, bool) or not isinstance(workers, int) or workers < 1:
        raise NetlearnError(f"workers must be a whole number, 1 or more; got {workers!r}.")


def _results(function: Callable[[Job], Result], jobs: Sequence[Job], workers: Workers) -> Iterator[Result]:
    if isinstance(workers, str):
        return _on_dask(function, jobs, workers)
    if workers == 1 or len(jobs) < 2:
        return map(function, jobs)
    return _in_processes(function, jobs, workers)


def _in_processes(function: Callable[[Job], Result], jobs: Sequence[Job], workers: int) -> Iterator[Result]:
    from joblib import Parallel, delayed
    from joblib.externals.loky.process_executor import BrokenProcessPool

    done, tries = 0, 0
    while done < len(jobs):
        pool = Parallel(n_jobs=workers, return_as="generator")
        try:
            for result in pool(delayed(function)(job) for job in jobs[done:]):
                yield result
                done, tries = done + 1, 0
        except BrokenProcessPool as lost:
            tries += 1
            if tries == TRIES:
                raise _lost(done, len(jobs)) from lost


def _on_dask(function: Callable[[Job], Result], jobs: Sequence[Job], address: str) -> Iterator[Result]:
    try:
        import dask
        from distributed import Client, KilledWorker
    except ImportError as missing:
        raise NetlearnError(
            "a dask address needs the extra `dask`: pip install 'netlearn[dask]'."
        ) from missing
    try:
        client = Client(address, set_as_default=False, timeout=PATIENCE)
    except (OSError, ValueError) as silent:
        raise NetlearnError(
            f"no dask scheduler answers at {address}: check that it runs and that the address is the one it shows."
        ) from silent
    # Jobs may hold large arrays; they are sent once each, so there is nothing to warn about.
    quiet = dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TB"})
    with client:
        with quiet:
            futures = client.map(function, list(jobs), pure=False)
        done = 0
        try:
            for future in futures:
                yield future.result()
                done += 1
        except KilledWorker as lost:
            raise _lost(done, len(jobs)) from lost
        finally:
            client.cancel(futures)


def _lost(done: int, of: int) -> NetlearnError:
    return NetlearnError(
        f"worker processes died again and again after {done} of {of} jobs, most often because memory ran out: "
        "use fewer workers, or a machine with more memory."
    )
