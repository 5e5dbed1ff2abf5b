# Half of a compilation was reading these again and again. The presets `tidy` and `fuzz` do without, so a file that includes
# too little is found there. So do optimised builds: what g++ 12 has inlined from a precompiled header it no longer takes
# for the system's, and warns of overlapping copies and sizes that are not there.
if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  set(CMAKE_DISABLE_PRECOMPILE_HEADERS ON)
endif()
set(MIGRATE_PRECOMPILED_HEADERS
    <algorithm>
    <array>
    <chrono>
    <cstdint>
    <functional>
    <map>
    <memory>
    <optional>
    <set>
    <string>
    <string_view>
    <utility>
    <variant>
    <vector>
    <fmt/format.h>)

# What the layers, and what the tests are compiled with: target_precompile_headers(<target> REUSE_FROM <one of them>).
add_library(migrate_precompiled OBJECT "${CMAKE_CURRENT_LIST_DIR}/precompiled.cpp")
target_link_libraries(migrate_precompiled PRIVATE migrate_options fmt::fmt)
target_precompile_headers(migrate_precompiled PRIVATE ${MIGRATE_PRECOMPILED_HEADERS})

if(MIGRATE_TESTS)
  add_library(migrate_precompiled_for_tests OBJECT "${CMAKE_CURRENT_LIST_DIR}/precompiled.cpp")
  target_link_libraries(migrate_precompiled_for_tests PRIVATE migrate_options fmt::fmt GTest::gmock)
  target_precompile_headers(migrate_precompiled_for_tests PRIVATE ${MIGRATE_PRECOMPILED_HEADERS} <gmock/gmock.h>
                            <gtest/gtest.h>)
endif()
