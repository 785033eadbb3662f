# Two commands matter: `make demo` and `make test`. Everything else is a part of them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup demo test preview bench drill documentation format clean

NODE := node -r tsx/cjs
export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED := true

help: ## What there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

node_modules/.package-lock.json: package.json package-lock.json
	@echo "Installing npm packages ..."
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

setup: node_modules/.package-lock.json ## Everything the other targets need; does nothing when nothing changed [WORKLOAD=]
	@$(NODE) tools/setup/main.ts $(if $(WORKLOAD),--workload $(WORKLOAD))

demo: node_modules/.package-lock.json ## From events to predictions on this machine [WORKLOAD= EVENTS= RATE= KEEP=1]
	@$(NODE) tools/setup/main.ts --demo $(if $(WORKLOAD),--workload $(WORKLOAD))
	@$(NODE) local/demo/main.ts

test: setup ## Every check [FAST=1: a part of about a minute and a half, not the whole]
	@$(NODE) tools/check/main.ts $(if $(FAST),--fast)

preview: setup ## Plan a stack offline [STACK=dev|prod|local MODEL=none JSON=1 PROGRAM=bootstrap CONFIG=key=value]
	@$(NODE) local/engine/preview.ts --stack "$(or $(STACK),dev)" $(if $(filter none,$(MODEL)),--model none) $(if $(JSON),--json) $(if $(PROGRAM),--program "$(PROGRAM)") $(if $(CONFIG),--config "$(CONFIG)")

bench: setup ## Measure [ONLY=job,masks,freshness,source,model,serving,preview WORKLOAD=]
	@$(NODE) bench/main.ts $(if $(ONLY),--only $(ONLY)) $(if $(WORKLOAD),--workload $(WORKLOAD))

drill: setup ## Break things on purpose, the long form [ONLY=name,name RECORD=1]
	@$(NODE) tools/drill/main.ts $(if $(ONLY),--only $(ONLY)) $(if $(RECORD),--record)

documentation: setup ## Write the pages that are made from the code
	@$(NODE) tools/documentation/configuration.ts
	@$(NODE) tools/documentation/stackFileSchema.ts
	@$(NODE) tools/documentation/predictionTypes.ts

format: setup ## Rewrite the sources in the house style
	@npm run --silent format
	@.local/venv/bin/ruff check --fix --quiet . && .local/venv/bin/ruff format --quiet .


clean: ## Remove everything that was made, installed packages included
	@rm -rf .local node_modules
