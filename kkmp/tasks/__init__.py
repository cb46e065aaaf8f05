"""Work that nobody waits for with the page open: asked for in a transaction, done by a worker.

A piece of work is a function under :func:`kkmp.tasks.work.for_cooperative` or
:func:`kkmp.tasks.work.shared`; asking for it writes a row into the queue (django-tasks), and a
worker process (:mod:`kkmp.tasks.worker`) takes it from there. What is due every night is told by
the apps, each for itself (:mod:`kkmp.tasks.nightly`).
"""
