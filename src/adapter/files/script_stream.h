#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "digest.h"
#include "port/step_source.h"
#include "script_reader.h"

namespace migrate::files {

/// The statements of a file, or of a text, numbered and hashed.
class ScriptStream : public port::StatementStream {
 public:
  /// Throws Fault(configuration) when it cannot be opened.
  explicit ScriptStream(const std::string& path)
      : reader_(path, path, ScriptReader::Checksum::left_out) {}
  /// `text` must outlive it; `shown` is its name in messages.
  ScriptStream(ScriptReader::Text text, const std::string& shown)
      : reader_(text, shown, ScriptReader::Checksum::left_out) {}

  std::optional<core::NumberedStatement> next() override;

 private:
  std::string hash(std::string_view text);

  ScriptReader reader_;
  NormalisedDigest digest_;
  std::uint64_t statements_ = 0;
};

}  // namespace migrate::files
