// The order in which triggers fire, from what several looks kept of it.
#include "core/schema/kept.h"

#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace migrate::core::schema {
namespace {

using ::testing::ElementsAre;
using Names = std::vector<std::string>;

KeptObject kept(const std::string& name, std::optional<Names> fires_behind, const std::string& at,
                const std::string& table = "t") {
  return {.kind = KeptKind::trigger,
          .name = name,
          .table = table,
          .definition = "CREATE TRIGGER `" + name + "` BEFORE INSERT ON `" + table +
                        "` FOR EACH ROW SET @x = 1",
          .fires_behind = std::move(fires_behind),
          .at = at};
}

/// "b1 a2": each trigger with its place.
Names places(const std::vector<KeptObject>& objects) {
  Names places;
  for (const Trigger& trigger : schema_of(objects, ServerFamily::mariadb).triggers)
    places.push_back(trigger.name + std::to_string(trigger.order));
  return places;
}

TEST(KeptTriggers, FireInTheOrderOfTheLook) {
  EXPECT_THAT(places({kept("a", Names{"c"}, "1"), kept("b", Names{"c", "a"}, "1"),
                      kept("c", Names{}, "1")}),
              ElementsAre("a2", "b3", "c1"));
}

TEST(KeptTriggers, OneOfALaterRunStandsWhereItWasPutThen) {
  // a and c, then b between them, then first in front of all.
  EXPECT_THAT(places({kept("a", Names{}, "1"), kept("b", Names{"first", "a"}, "3"),
                      kept("c", Names{"a"}, "1"), kept("first", Names{}, "4")}),
              ElementsAre("a2", "b3", "c4", "first1"));
}

TEST(KeptTriggers, WhatIsGoneLeavesTheOthersWhereTheyAre) {
  EXPECT_THAT(places({kept("b", Names{"gone"}, "1"), kept("c", Names{"gone", "b"}, "1"),
                      kept("d", Names{"b"}, "2")}),
              ElementsAre("b1", "c3", "d2"));
}

TEST(KeptTriggers, HaveNoOrderWhereThatOfOneIsNotKnown) {
  EXPECT_THAT(places({kept("a", Names{}, "1"), kept("b", std::nullopt, "1"),
                      kept("alone", Names{}, "1", "u")}),
              ElementsAre("a0", "b0", "alone1"));
}

}  // namespace
}  // namespace migrate::core::schema
