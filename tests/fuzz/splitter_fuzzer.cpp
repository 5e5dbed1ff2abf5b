// Any bytes: no crash, no hang; the pieces joined are the input (or, before an error, its begin);
// and however the input is fed, the pieces are the same. The first byte chooses the options, the
// second the size of the chunks.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/directives.h"
#include "core/prepared.h"
#include "core/schema_change.h"
#include "core/splitter.h"
#include "core/temporary_table.h"

namespace {

using namespace migrate::core;

void read(std::string_view statement) {
  schema_change(statement);
  prepared_by(statement);
  executed_name(statement);
  executed_immediately(statement);
  temporary_tables_made(statement);
  temporary_tables_dropped(statement);
  mentions(statement, "name");
}

std::string split(std::string_view text, const SplitterOptions& options, std::size_t chunk) {
  Splitter splitter(options);
  std::string trace;
  std::string joined;
  const std::string_view all = text;
  for (;;) {
    const SplitResult result = splitter.next();
    if (std::holds_alternative<NeedInput>(result)) {
      if (text.empty()) {
        splitter.finish();
      } else {
        const std::string bytes(text.substr(0, chunk));
        text.remove_prefix(bytes.size());
        splitter.feed(bytes);
      }
    } else if (const auto* const piece = std::get_if<Piece>(&result)) {
      if (piece->text.empty()) std::abort();
      joined += piece->text;
      trace += piece->kind == Piece::Kind::statement ? "\nS " : "\nF ";
      trace += std::to_string(piece->position.line) + ":" + std::to_string(piece->position.column);
      trace += piece->travel == Travel::alone ? " alone " : " ";
      trace += piece->text;
      if (piece->kind == Piece::Kind::statement) read(piece->text);
    } else if (const auto* const error = std::get_if<SplitError>(&result)) {
      if (all.substr(0, joined.size()) != joined) std::abort();
      return trace + "\nE " + std::to_string(error->position.offset) + ":" +
             std::to_string(error->position.line) + ":" + std::to_string(error->position.column) +
             error->message;
    } else {
      if (joined != all) std::abort();
      return trace;
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const SplitterOptions options{(data[0] & 1) != 0, (data[0] & 2) != 0, (data[0] & 4) != 0};
  const std::string text(data + 2, data + size);
  const std::string at_once = split(text, options, std::string_view::npos);
  if (split(text, options, 1) != at_once) std::abort();
  if (split(text, options, data[1] % 31U + 2U) != at_once) std::abort();
  parse_directives(text);
  return 0;
}
