from handover.acts import effective


def test_try(world):
    c = effective(world.eva)
    print(c.state, [(s.kind, s.by) for s in c.taken.order_by("number")])
