import numba


def test_a_place_without_a_cache_compiles_all_the_same(monkeypatch):
    from netlearn.inference import kernels_compiler

    def no_place(function, cache=False, **how):
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return numba.njit(function, **how)

    monkeypatch.setattr(kernels_compiler, "njit", no_place)
    double = kernels_compiler.compiled()(lambda x: 2 * x)
    assert double(4) == 8
