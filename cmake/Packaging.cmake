# cmake --install, and a Debian package from it: cpack in the build directory, or the workflow preset `package`.
include(GNUInstallDirs)

set(examples_dir "${CMAKE_INSTALL_DOCDIR}/examples")
install(TARGETS migrate RUNTIME)
install(DIRECTORY ddl migrations DESTINATION "${examples_dir}")
install(FILES README.md ARCHITECTURE.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(DIRECTORY runbooks DESTINATION "${CMAKE_INSTALL_DOCDIR}" OPTIONAL)
# Written by the program itself, so they never lag behind its options.
set(completions_dir "${PROJECT_BINARY_DIR}/completions")
foreach(shell bash zsh fish)
  add_custom_command(
    OUTPUT "${completions_dir}/${shell}"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${completions_dir}"
    COMMAND migrate completion ${shell} > "${completions_dir}/${shell}"
    VERBATIM)
endforeach()
add_custom_target(completions ALL DEPENDS "${completions_dir}/bash" "${completions_dir}/zsh" "${completions_dir}/fish")
install(FILES "${completions_dir}/bash" DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions"
        RENAME migrate)
install(FILES "${completions_dir}/zsh" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions" RENAME _migrate)
install(FILES "${completions_dir}/fish" DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d"
        RENAME migrate.fish)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME migrate)
set(CPACK_PACKAGE_CONTACT "The migrate developers <migrate@example.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION database)
# The libraries that the program was linked with, as this distribution names and versions them.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# The rules of time zones are the system's.
set(CPACK_DEBIAN_PACKAGE_DEPENDS tzdata)
# Only for the private server and for backups, which are not everybody's use.
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "mariadb-server-core, mariadb-client-core, mariadb-client")
include(CPack)
