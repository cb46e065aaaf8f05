"""How fast the system is: built at full size, served as in earnest, measured from outside.

A benchmark is a module with ``build`` (through the services) and ``measure`` (through the
server); :mod:`kkmp.bench.__main__` lists them. It is no test: it fails nobody, it reports.
"""
