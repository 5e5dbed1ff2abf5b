# MIGRATE_TEST_SERVERS: a list of name=path of the servers that server_tests run against. Where it is not given, every
# server that is found: mariadbd, and mysqld from the system or from the folder that scripts/install-mysql fills.
set(MIGRATE_TEST_SERVERS "" CACHE STRING "Servers to test with, name=path;name=path (empty: those found)")

if(NOT MIGRATE_TEST_SERVERS)
  set(sbin /usr/sbin /usr/local/sbin)
  find_program(MIGRATE_MARIADBD mariadbd PATHS ${sbin})
  find_program(MIGRATE_MYSQLD mysqld HINTS "${MIGRATE_MYSQL_FOLDER}/bin" PATHS ${sbin})
  if(MIGRATE_MARIADBD)
    list(APPEND MIGRATE_TEST_SERVERS "mariadb=${MIGRATE_MARIADBD}")
  endif()
  if(MIGRATE_MYSQLD)
    # On Debian mysqld is a link to mariadbd.
    execute_process(COMMAND "${MIGRATE_MYSQLD}" --no-defaults --version OUTPUT_VARIABLE version)
    if(NOT version MATCHES "MariaDB")
      list(APPEND MIGRATE_TEST_SERVERS "mysql=${MIGRATE_MYSQLD}")
    else()
      unset(MIGRATE_MYSQLD CACHE) # to be looked for again when there may be one
    endif()
  endif()
endif()
message(STATUS "Servers to test with: ${MIGRATE_TEST_SERVERS}")
