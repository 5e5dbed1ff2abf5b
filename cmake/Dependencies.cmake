# Everything comes from the distribution; scripts/install-dependencies installs it.
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json 3.7 REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Threads REQUIRED)
# Howard Hinnant's, with the time zones of the system; it wants Threads to be there.
find_package(date REQUIRED)

# Where MySQL is on a distribution that has no packages of it.
execute_process(COMMAND "${PROJECT_SOURCE_DIR}/scripts/install-mysql" --print-dir OUTPUT_VARIABLE MIGRATE_MYSQL_FOLDER
                OUTPUT_STRIP_TRAILING_WHITESPACE)
include(MysqlClient)
if(MIGRATE_TESTS)
  find_package(GTest REQUIRED)
endif()
