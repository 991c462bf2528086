# Each folder is a static library. Headers are included by folder, as in #include "geo/fence.h", and a
# library sees only its own folder and those of the libraries it links: a wrong #include does not
# compile. For that, each library's include path is a directory that holds a link to its folder.
function(fieldproof_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
  file(RELATIVE_PATH folder ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  set(include_path ${CMAKE_BINARY_DIR}/include/${name})
  get_filename_component(link_directory ${include_path}/${folder} DIRECTORY)
  file(MAKE_DIRECTORY ${link_directory})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${include_path}/${folder} SYMBOLIC)
  target_include_directories(${name} PUBLIC ${include_path})
endfunction()

# A cmocka program; LABEL unit runs before every landing, so keep it fast.
function(fieldproof_test name)
  cmake_parse_arguments(ARG "" "LABEL" "SOURCES;LINKS" ${ARGN})
  if(NOT ARG_LABEL)
    set(ARG_LABEL unit)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LINKS} cmocka)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABEL})
endfunction()

file(GLOB module_lists CONFIGURE_DEPENDS
  ${CMAKE_SOURCE_DIR}/geo/CMakeLists.txt ${CMAKE_SOURCE_DIR}/evidence/CMakeLists.txt
  ${CMAKE_SOURCE_DIR}/media/CMakeLists.txt ${CMAKE_SOURCE_DIR}/sampling/CMakeLists.txt
  ${CMAKE_SOURCE_DIR}/server/CMakeLists.txt ${CMAKE_SOURCE_DIR}/tests/CMakeLists.txt
  ${CMAKE_SOURCE_DIR}/bench/CMakeLists.txt)
foreach(list IN LISTS module_lists)
  get_filename_component(dir ${list} DIRECTORY)
  add_subdirectory(${dir})
endforeach()
