#pragma once

#include <CLI/App.hpp>

#include "cli/request.h"

namespace migrate::cli {

/// One function a command: adds it to the parser with its options, help and an example. When the
/// command is parsed, its callback sets Request::run; nothing runs while parsing.
void add_up(CLI::App& app, Request& request);
void add_down(CLI::App& app, Request& request);
void add_redo(CLI::App& app, Request& request);
void add_status(CLI::App& app, Request& request);
void add_plan(CLI::App& app, Request& request);
void add_approve(CLI::App& app, Request& request);
void add_preflight(CLI::App& app, Request& request);
void add_history(CLI::App& app, Request& request);
void add_new(CLI::App& app, Request& request);
void add_validate(CLI::App& app, Request& request);
void add_lint(CLI::App& app, Request& request);
void add_audit(CLI::App& app, Request& request);
void add_check(CLI::App& app, Request& request);
void add_backup(CLI::App& app, Request& request);
void add_baseline(CLI::App& app, Request& request);
void add_reset(CLI::App& app, Request& request);
void add_verify(CLI::App& app, Request& request);
void add_resolve(CLI::App& app, Request& request);
void add_exec(CLI::App& app, Request& request);
void add_config(CLI::App& app, Request& request);
void add_sandbox(CLI::App& app, Request& request);
void add_completion(CLI::App& app, Request& request);
void add_drift(CLI::App& app, Request& request);
void add_snapshot(CLI::App& app, Request& request);
void add_version(CLI::App& app, Request& request);

}  // namespace migrate::cli
