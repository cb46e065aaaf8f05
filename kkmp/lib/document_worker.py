"""Sets one document in a process of its own, whose caches end with it.

Run as a script: what to set comes by standard input as JSON, the document goes out. What typst
keeps for a document of 5,000 rows is more than a gigabyte, and it gives nothing back.
"""

import json
import sys

import typst

#: The exit code of a template that is wrong, which is no lack of memory or time.
BROKEN = 3


def main() -> None:
    asked = json.load(sys.stdin.buffer)
    try:
        made = typst.compile(
            asked["template"],
            root=asked["root"],
            ignore_system_fonts=True,
            sys_inputs={"data": asked["data"]},
            **asked["options"],
        )
    except MemoryError:
        raise
    except Exception as error:
        sys.stderr.write(str(error))
        sys.exit(BROKEN)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
