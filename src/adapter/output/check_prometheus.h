#pragma once

#include <string>

#include "port/presenter.h"

namespace migrate::output {

/// The look in the text format of Prometheus, version 0.0.4, for the textfile collector or a push
/// gateway: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
/// `migrate_check_value` (only where there is an answer), `migrate_check_ok`,
/// `migrate_check_duration_seconds`, each with the labels check, env and severity; checks that were
/// left out have no sample.
std::string check_prometheus(const core::check::Look& look, const port::CheckView& view);

}  // namespace migrate::output
