#pragma once

#include <array>
#include <cstdint>
#include <functional>

#include <gtest/gtest.h>

#include "unit/app/world.h"

namespace migrate::testing {

/// When the program, or the server, dies: at the call or the item of that number.
using Death = void (FaultyServer::*)(std::uint64_t);

inline constexpr std::array<Death, 4> every_death{
    &FaultyServer::die_before, &FaultyServer::die_after, &FaultyServer::die_after_item,
    &FaultyServer::die_during_item};

inline void plan_death(World& world, Death death, std::uint64_t n) {
  ((*world.faults).*death)(n);
}

enum class Died { no, yes };

/// Runs a command that ends well unless it is killed. After that nothing goes wrong any more.
inline Died until_death(World& world, const std::function<core::ExitCode(World&)>& command) {
  try {
    EXPECT_EQ(command(world), core::ExitCode::done);
    return Died::no;
  } catch (const Killed&) {
    world.end_faults();
    return Died::yes;
  }
}

}  // namespace migrate::testing
