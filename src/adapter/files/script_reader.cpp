#include "script_reader.h"

#include <cerrno>
#include <cstring>

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

void ScriptReader::feed() {
  const std::size_t read = std::fread(buffer_.get(), 1, chunk_bytes, file_.get());
  if (read == 0 && std::ferror(file_.get()) != 0) {
    throw core::Fault(core::ExitCode::configuration,
                      fmt::format("{}: cannot be read: {}", shown_, std::strerror(errno)));
  }
  if (read == 0) return splitter_.finish();
  const std::string_view chunk(buffer_.get(), read);
  std::string_view text = chunk;
  if (bytes_ == 0) {
    if (text.starts_with(bom)) text.remove_prefix(bom.size());
    head_ = text;
  }
  bytes_ += read;
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
