#include "record.h"

#include <string>

#include <gtest/gtest.h>

#include "core/fault.h"
#include "support/fake_server.h"
#include "support/faulty_server.h"

namespace migrate::testing {
namespace {

core::JournalWrite event(const std::string& name) {
  return core::journal::Logged{.event = name};
}

TEST(Record, WhatTheServerRefusesIsNotThereWhateverIsWrittenNext) {
  FakeServer server;
  FaultyServer faults(server);
  const auto session = faults.connect();
  session->history().prepare();
  faults.refuse_next_record();
  EXPECT_THROW(app::record(*session, {event("a"), event("b")}), core::Fault);
  app::record(*session, {event("c")});
  ASSERT_EQ(server.log().size(), 1U);
  EXPECT_EQ(server.log().front().event, "c");
}

}  // namespace
}  // namespace migrate::testing
