# One library a layer. Its headers live in include/<target>/<layer>/, its sources and private headers in src/<layer>/.
# The include root belongs to the target alone, so a file cannot include what its target does not link.
#
#   migrate_layer(<folder below src> LINKS <public targets> [PRIVATE <private targets>])
function(migrate_layer folder)
  cmake_parse_arguments(LAYER "" "" "LINKS;PRIVATE" ${ARGN})
  string(REPLACE "/" "_" name "migrate_${folder}")
  set(public_root "${PROJECT_SOURCE_DIR}/include/${name}")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${folder}/*.cpp")

  if(sources)
    add_library(${name} STATIC ${sources})
    target_include_directories(${name} PUBLIC "${public_root}" PRIVATE "${PROJECT_SOURCE_DIR}/src/${folder}")
    target_link_libraries(${name} PUBLIC ${LAYER_LINKS} PRIVATE ${LAYER_PRIVATE} migrate_options)
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE "${public_root}")
    target_link_libraries(${name} INTERFACE ${LAYER_LINKS})
  endif()
endfunction()
