# migrate_mysql_client: the MySQL client library, in whichever of its two kinds the machine has: MariaDB's connector
# (default-libmysqlclient-dev on Debian) or MySQL's libmysqlclient.
find_package(PkgConfig REQUIRED)
add_library(migrate_mysql_client INTERFACE)
pkg_check_modules(MYSQL_CLIENT REQUIRED IMPORTED_TARGET mysqlclient)
target_link_libraries(migrate_mysql_client INTERFACE PkgConfig::MYSQL_CLIENT)
