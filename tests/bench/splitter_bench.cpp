// How many bytes a second the splitter takes, fed as a file is read:
// `build/release/tests/bench/splitter_bench`.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include <benchmark/benchmark.h>

#include "core/splitter.h"

namespace {

using migrate::core::Splitter;

constexpr std::size_t chunk_bytes = 65536;
constexpr std::size_t file_bytes = 16 << 20;

/// The statements in it; a text that cannot be split to its end has none.
std::size_t statements_of(std::string_view text) {
  Splitter splitter;
  std::size_t statements = 0;
  for (;;) {
    const auto result = splitter.next();
    if (const auto* piece = std::get_if<migrate::core::Piece>(&result)) {
      if (piece->kind == migrate::core::Piece::Kind::statement) ++statements;
    } else if (std::holds_alternative<migrate::core::NeedInput>(result)) {
      if (text.empty()) splitter.finish();
      splitter.feed(text.substr(0, chunk_bytes));
      text.remove_prefix(std::min(chunk_bytes, text.size()));
    } else {
      return std::holds_alternative<migrate::core::Finished>(result) ? statements : 0;
    }
  }
}

/// `next()` said so often that it makes a file.
template <typename Next>
std::string file_of(const Next& next) {
  std::string text;
  for (int number = 1; text.size() < file_bytes; ++number) text += next(std::to_string(number));
  return text;
}

std::string inserts_of_50_kb() {
  return file_of([](const std::string& number) {
    std::string statement = "INSERT INTO loaded VALUES ";
    for (int row = 0; row < 100; ++row) {
      statement += row == 0 ? "(" : ",(";
      statement += number + ",'it''s " + std::string(480, 'x') + "')";
    }
    return statement + ";\n";
  });
}

std::string inserts_of_one_row() {
  return file_of([](const std::string& number) {
    return "INSERT INTO loaded VALUES (" + number + ", 'a name of someone, " + number + "');\n";
  });
}

std::string dense_schema_changes() {
  return file_of([](const std::string& number) {
    return "-- Orders of a customer; see the page on billing.\n"
           "CREATE TABLE orders_" +
           number +
           " (\n"
           "  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, /* never reused */\n"
           "  customer_id INT NOT NULL COMMENT 'who pays; not who gets it',\n"
           "  state ENUM('new', 'paid', 'it''s gone') NOT NULL DEFAULT 'new', # as the shop says\n"
           "  created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),\n"
           "  KEY by_customer (customer_id, created_at)\n"
           ") ENGINE=InnoDB;\n"
           "/* One trigger\n   keeps the sum. */\n"
           "CREATE TRIGGER sum_" +
           number + " AFTER INSERT ON orders_" + number +
           " FOR EACH ROW\n"
           "BEGIN\n"
           "  IF NEW.state = 'new' THEN\n"
           "    UPDATE sums SET n = n + 1 WHERE customer_id = NEW.customer_id;\n"
           "  ELSE\n"
           "    CASE NEW.state WHEN 'paid' THEN SET @paid = 1; ELSE SET @gone = 1; END CASE;\n"
           "  END IF;\n"
           "END;\n"
           "ALTER TABLE `orders_" +
           number + "` ADD COLUMN note VARCHAR(20), ADD INDEX by_note (note);\n";
  });
}

void split(benchmark::State& state, const std::string& text) {
  std::size_t statements = 0;
  for (auto _ : state) {
    statements = statements_of(text);
    if (statements == 0) return state.SkipWithError("the text cannot be split");
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
  state.counters["statements"] = static_cast<double>(statements);
}

BENCHMARK_CAPTURE(split, inserts_of_50_kb, inserts_of_50_kb())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(split, inserts_of_one_row, inserts_of_one_row())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(split, dense_schema_changes, dense_schema_changes())
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
