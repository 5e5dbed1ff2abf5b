#include <gtest/gtest.h>

#include "unit/adapter/output/golden.h"
#include "unit/adapter/output/shown.h"

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

Show shown(const Preflight& preflight) {
  return [preflight](port::Presenter& to) { to.preflight(preflight); };
}

TEST(PreflightPresenter, TellsWhatIsInTheWay) {
  expect_golden("preflight.txt", table({}, shown(some())));
  expect_golden("preflight.colour.txt",
                table({Colour::on, Medium::terminal, 60, Verbosity::normal}, shown(some())));
  expect_golden("preflight.quiet.txt",
                table({Colour::off, Medium::file, 100, Verbosity::quiet}, shown(some())));
  expect_golden("preflight.json", json(shown(some())));
}

TEST(PreflightPresenter, TellsThatNothingIs) {
  Preflight clear = some();
  clear.items.erase(clear.items.begin() + 2);
  expect_golden("preflight.clear.txt", table({}, shown(clear)));
  EXPECT_EQ(table({Colour::off, Medium::file, 100, Verbosity::quiet}, shown(clear)), "");
}

}  // namespace
}  // namespace migrate::output
