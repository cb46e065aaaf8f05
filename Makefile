# The work is done in kkmp/runner; `make` only gives it short names.
PYTHON ?= python3
KKMP = @$(PYTHON) kkmp/runner/bootstrap.py

.DEFAULT_GOAL := help
.PHONY: help run stop reset test soak mutants check install manage demo messages permissions screenshots bench lock

help: ## this list
	@sed -n 's/^\([a-z]*\): ## /  make \1\t/p' Makefile | expand -t 20

run: ## install, start the database, migrate, load the demo once and serve (PORT=8000)
	$(KKMP) run

stop: ## end a running `make run`, or what a killed one left behind
	$(KKMP) stop

reset: ## remove the embedded database and the uploaded files; an older checkout's database needs it
	$(KKMP) reset

test: ## linters and the whole suite; ARGS="tests/finance -k split" runs only that
	$(KKMP) test $(ARGS)

soak: ## what is random in the suite, played for longer
	$(KKMP) soak $(ARGS)

mutants: ## small wrong changes that the suite must catch, kept in docs/mutants.md; ARGS=id tries one
	$(KKMP) mutants $(ARGS)

check: ## the linters alone
	$(KKMP) check

install: ## packages and the compiled catalogue, nothing else; ARGS=--no-dev leaves out the tools
	$(KKMP) install $(ARGS)

manage: ## a command of manage.py on the database of `make run`: ARGS="check_books"
	$(KKMP) manage $(ARGS)

demo: ## load the demo, if the database is empty
	$(KKMP) manage load_demo --if-empty

messages: ## bring the Indonesian catalogue in step with the sources
	$(KKMP) manage translations $(ARGS)

permissions: ## write docs/permissions.md of what the code says; read what has changed
	$(KKMP) manage permissions --write

screenshots: ## draw the pages of the demo that `make run` serves anew, where they changed; ARGS="kasir" draws that
	$(KKMP) screenshots $(ARGS)

bench: ## how fast it is with 5,000 members; ARGS=--write keeps them in docs/bench.md, ARGS="till --hurry" the sale alone
	$(KKMP) bench $(ARGS)

# uv solves for all systems at once; the lock files hold no address of a registry. docopt, which
# only num2words' own command line imports, exists as source alone, and nothing is compiled here.
UV = var/uv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-package docopt --quiet

lock: ## solve the requirements anew; ARGS=--upgrade takes the newest
	@test -x var/uv/bin/uv || { $(PYTHON) -m venv var/uv && var/uv/bin/pip install --quiet uv; }
	@$(UV) $(ARGS) --output-file requirements.lock
	@$(UV) $(ARGS) --constraint requirements.lock --group dev --output-file requirements-dev.lock
