#pragma once

#include <string>

#include "core/backup/manifest.h"

namespace migrate::files {

/// JSON that people can read, with a seal: a hash of all the rest.
std::string manifest_text(const core::backup::Manifest& manifest);

/// Throws Fault(configuration), which names `path`, for what is no manifest, is one of a later
/// format, or does not have its seal: somebody changed it.
core::backup::Manifest read_manifest(const std::string& text, const std::string& path);

}  // namespace migrate::files
