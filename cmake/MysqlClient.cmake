# migrate_mysql_client: the MySQL client library, in whichever of its two kinds there is: MariaDB's connector
# (default-libmysqlclient-dev on Debian) or MySQL's libmysqlclient.
set(MIGRATE_MYSQL_ROOT "" CACHE STRING "Folder with MySQL's client library, made by scripts/install-mysql; auto: its usual one")

if(MIGRATE_MYSQL_ROOT STREQUAL "auto")
  set(MIGRATE_MYSQL_ROOT "${MIGRATE_MYSQL_FOLDER}")
endif()
add_library(migrate_mysql_client INTERFACE)
if(MIGRATE_MYSQL_ROOT)
  set(include_dir "${MIGRATE_MYSQL_ROOT}/include")
  set(library_dir "${MIGRATE_MYSQL_ROOT}/lib")
  if(NOT EXISTS "${include_dir}/mysql/mysql.h" OR NOT EXISTS "${library_dir}/libmysqlclient.so")
    message(FATAL_ERROR "MIGRATE_MYSQL_ROOT: no MySQL client library in ${MIGRATE_MYSQL_ROOT}; "
                        "run scripts/install-mysql, or leave it empty for the system's")
  endif()
  target_include_directories(migrate_mysql_client SYSTEM INTERFACE "${include_dir}" "${include_dir}/mysql")
  # The library needs a newer libc than the system's, so the program runs with the one beside it, and with its libstdc++.
  # DT_RPATH, unlike DT_RUNPATH, holds for what the library needs itself.
  target_link_libraries(migrate_mysql_client INTERFACE "${library_dir}/libmysqlclient.so")
  target_link_options(
    migrate_mysql_client
    INTERFACE
    -Wl,--allow-shlib-undefined
    -Wl,--disable-new-dtags
    "-Wl,-rpath,${library_dir}"
    "-Wl,--dynamic-linker=${library_dir}/loader.so")
else()
  find_package(PkgConfig REQUIRED)
  pkg_search_module(MYSQL_CLIENT REQUIRED IMPORTED_TARGET mysqlclient libmariadb)
  target_link_libraries(migrate_mysql_client INTERFACE PkgConfig::MYSQL_CLIENT)
endif()
