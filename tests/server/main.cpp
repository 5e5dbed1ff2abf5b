#include <cstdlib>
#include <iostream>

#include <gtest/gtest.h>

#include "support/real_server.h"

int main(int argc, char** argv) {
  if (migrate::testing::server_names().empty()) {
    std::cerr << "\n*** NO DATABASE SERVER: none of the server tests is run. Name some in "
                 "MIGRATE_TEST_SERVERS, e.g.\n*** "
                 "MIGRATE_TEST_SERVERS=mariadb=/usr/sbin/mariadbd (scripts/test does it all)\n\n";
    const char* required = std::getenv("MIGRATE_REQUIRE_SERVERS");
    // 77 is what ctest is told to show as skipped.
    return required != nullptr && std::string_view(required) == "1" ? EXIT_FAILURE : 77;
  }
  ::testing::InitGoogleTest(&argc, argv);
  const int result = RUN_ALL_TESTS();
  migrate::testing::stop_servers();
  return result;
}
