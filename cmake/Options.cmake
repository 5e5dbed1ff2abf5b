# How everything is compiled, as one interface target that every target of the project links privately.
option(MIGRATE_TESTS "Build the tests" ON)
option(MIGRATE_BENCH "Build the benchmark of the splitter (Google Benchmark)" OFF)
option(MIGRATE_WERROR "Warnings are errors" OFF)
option(MIGRATE_FUZZ "Build the fuzz targets (clang)" OFF)
set(MIGRATE_SANITIZERS "" CACHE STRING "Comma-separated sanitizers, e.g. address,undefined")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# What one preset compiled is the other's too where only the build folder differs, precompiled headers included
# (https://ccache.dev/manual/latest.html, "Precompiled headers" and "Compiling in different directories").
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND};-E;env;CCACHE_BASEDIR=${PROJECT_SOURCE_DIR};CCACHE_NOHASHDIR=1;CCACHE_DEPEND=1"
      "CCACHE_SLOPPINESS=pch_defines,time_macros;${CCACHE_PROGRAM}")
endif()

add_library(migrate_options INTERFACE)
target_compile_options(
  migrate_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
                            -Wold-style-cast -Woverloaded-virtual
                            # A designated initializer leaves members out on purpose.
                            -Wno-missing-field-initializers
                            # g++ 12 and -O3 see uninitialised strings and overlapping copies that are not there (GCC bug 105651).
                            "$<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized;-Wno-restrict>"
                            # Of what libstdc++ 12's own std::stable_sort calls, clang says that it is deprecated; g++ warns of the rest.
                            $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>
                            $<$<BOOL:${MIGRATE_WERROR}>:-Werror>)
target_compile_definitions(migrate_options INTERFACE MIGRATE_VERSION="${PROJECT_VERSION}")
if(MIGRATE_SANITIZERS)
  target_compile_options(migrate_options INTERFACE -fsanitize=${MIGRATE_SANITIZERS} -fno-omit-frame-pointer
                                                   -fno-sanitize-recover=all)
  target_link_options(migrate_options INTERFACE -fsanitize=${MIGRATE_SANITIZERS})
endif()
