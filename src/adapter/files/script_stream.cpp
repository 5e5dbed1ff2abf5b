#include "script_stream.h"

#include <variant>

#include "core/fault.h"

namespace migrate::files {
namespace {

constexpr std::size_t hash_digits = 16;

}  // namespace

std::optional<core::NumberedStatement> ScriptStream::next() {
  const auto result = reader_.next();
  if (const auto* problem = std::get_if<core::Problem>(&result)) {
    throw core::Fault(core::ExitCode::configuration, core::to_string(*problem));
  }
  const auto* piece = std::get_if<core::Piece>(&result);
  if (piece == nullptr) return std::nullopt;
  return core::NumberedStatement{
      .index = ++statements_, .statement = core::statement_of(*piece), .hash = hash(piece->text)};
}

std::string ScriptStream::hash(std::string_view text) {
  digest_.add(text);
  return digest_.hex().substr(0, hash_digits);
}

}  // namespace migrate::files
