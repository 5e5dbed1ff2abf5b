#include <sstream>

#include <gtest/gtest.h>

#include "adapter/output/presenters.h"
#include "unit/adapter/output/golden.h"

namespace migrate::output {
namespace {

using core::preflight::Outcome;
using core::preflight::Preflight;

Preflight some() {
  return {
      .items = {{.name = "plan", .saw = "2 steps, 5 statements"},
                {.name = "schema",
                 .outcome = Outcome::warned,
                 .saw = "differs from what the last run left: table teas"},
                {.name = "rehearsal",
                 .outcome = Outcome::refused,
                 .saw = "not rehearsed with these files on MariaDB 10.11: 1_a, 2_b, 3_c, 4_d",
                 .way_out = "rehearse, and record it there: migrate verify --record production"},
                {.name = "grants",
                 .outcome = Outcome::not_asked,
                 .saw = "not required in migrate.yaml"}}};
}

std::string table(const Preflight& preflight, const Style& style) {
  std::ostringstream out;
  make_table_presenter(out, out, style, "migrate --env production")->preflight(preflight);
  return out.str();
}

TEST(PreflightPresenter, TellsWhatIsInTheWay) {
  expect_golden("preflight.txt", table(some(), {}));
  expect_golden("preflight.colour.txt",
                table(some(), {Colour::on, Medium::terminal, 60, Verbosity::normal}));
  expect_golden("preflight.quiet.txt",
                table(some(), {Colour::off, Medium::file, 100, Verbosity::quiet}));
  std::ostringstream json;
  make_json_presenter(json)->preflight(some());
  expect_golden("preflight.json", json.str());
}

TEST(PreflightPresenter, TellsThatNothingIs) {
  Preflight clear = some();
  clear.items.erase(clear.items.begin() + 2);
  expect_golden("preflight.clear.txt", table(clear, {}));
  EXPECT_EQ(table(clear, {Colour::off, Medium::file, 100, Verbosity::quiet}), "");
}

}  // namespace
}  // namespace migrate::output
