#include "script_reader.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "core/fault.h"

namespace migrate::files {
namespace {

constexpr std::size_t chunk_bytes = 65536;
constexpr std::string_view bom = "\xEF\xBB\xBF";

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}  // namespace

ScriptReader::ScriptReader(const std::filesystem::path& path, std::string shown, Checksum checksum)
    : shown_(std::move(shown)),
      file_(std::fopen(path.c_str(), "rbe")),
      buffer_(std::make_unique_for_overwrite<char[]>(chunk_bytes)) {
  if (!file_) {
    throw core::Fault(core::ExitCode::configuration,
                      fmt::format("{}: {}", shown_, std::strerror(errno)));
  }
  if (checksum == Checksum::taken) digest_.emplace();
}

ScriptReader::ScriptReader(Text text, std::string shown, Checksum checksum)
    : shown_(std::move(shown)), rest_(text.bytes) {
  if (checksum == Checksum::taken) digest_.emplace();
}

/// Nothing at the end.
std::string_view ScriptReader::read() {
  if (!file_) return std::exchange(rest_, {});
  const std::size_t read = std::fread(buffer_.get(), 1, chunk_bytes, file_.get());
  if (read == 0 && std::ferror(file_.get()) != 0) {
    throw core::Fault(core::ExitCode::configuration,
                      fmt::format("{}: cannot be read: {}", shown_, std::strerror(errno)));
  }
  return {buffer_.get(), read};
}

void ScriptReader::feed() {
  const std::string_view chunk = read();
  if (chunk.empty()) return splitter_.finish();
  std::string_view text = chunk;
  if (bytes_ == 0) {
    if (text.starts_with(bom)) text.remove_prefix(bom.size());
    head_ = text;
  }
  bytes_ += chunk.size();
  if (digest_) digest_->add(text);
  splitter_.feed(chunk);
}

std::variant<core::Piece, std::monostate, core::Problem> ScriptReader::next() {
  using Result = std::variant<core::Piece, std::monostate, core::Problem>;
  for (;;) {
    std::optional<Result> result =
        std::visit(Overloaded{
                       [&](const core::Piece& piece) -> std::optional<Result> {
                         if (piece.kind != core::Piece::Kind::statement) return std::nullopt;
                         return piece;
                       },
                       [&](core::NeedInput) -> std::optional<Result> {
                         feed();
                         return std::nullopt;
                       },
                       [&](core::Finished) -> std::optional<Result> { return std::monostate{}; },
                       [&](const core::SplitError& error) -> std::optional<Result> {
                         return core::Problem{
                             .path = shown_, .position = error.position, .message = error.message};
                       },
                   },
                   splitter_.next());
    if (result) return std::move(*result);
  }
}

core::Checksum ScriptReader::checksum() {
  return {.hex = digest_.value().hex()};
}

}  // namespace migrate::files
