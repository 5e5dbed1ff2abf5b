#include "core/history.h"

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace migrate::core {
namespace {

// A server gives rows by the text of their ids: 1, 10, 100, 2, …
TEST(History, HasItsRowsInTheOrderInWhichTheyWereApplied) {
  constexpr std::size_t many = 200;
  std::vector<std::size_t> places(many);
  for (std::size_t i = 0; i < many; ++i) places[i] = i;
  std::mt19937 random(7);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same each time
  for (int round = 0; round < 20; ++round) {
    std::ranges::shuffle(places, random);
    History history;
    for (const std::size_t place : places) {
      history.ledger.push_back(
          {.id = {StepKind::versioned, std::to_string(place)},
           .name = "a name too long to be kept in place " + std::to_string(place),
           .order = place / 2});
    }
    history.arrange();
    ASSERT_EQ(history.ledger.size(), many);
    for (std::size_t i = 0; i < many; ++i) {
      const LedgerRow& row = history.ledger[i];
      EXPECT_EQ(row.id.key, std::to_string(i));
      EXPECT_EQ(row.name, "a name too long to be kept in place " + std::to_string(i));
      EXPECT_EQ(row.order, i / 2);
    }
  }
}

}  // namespace
}  // namespace migrate::core
