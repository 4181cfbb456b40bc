add_library(headgate_options INTERFACE)
target_compile_definitions(headgate_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS QT_NO_FOREACH
    QT_NO_URL_CAST_FROM_STRING QT_DISABLE_DEPRECATED_BEFORE=0x060400
    HEADGATE_VERSION="${PROJECT_VERSION}")
if(MSVC)
    target_compile_options(headgate_options INTERFACE /W4 /utf-8 /permissive- /Zc:__cplusplus)
else()
    target_compile_options(headgate_options INTERFACE
        -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual)
endif()
if(HEADGATE_WERROR)
    target_compile_options(headgate_options INTERFACE $<IF:$<CXX_COMPILER_ID:MSVC>,/WX,-Werror>)
endif()
if(HEADGATE_SANITIZE)
    target_compile_options(headgate_options INTERFACE
        -g1 -fsanitize=${HEADGATE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
    target_link_options(headgate_options INTERFACE -fsanitize=${HEADGATE_SANITIZE})
endif()
if(HEADGATE_TESTS AND CMAKE_SYSTEM_NAME STREQUAL "Linux")
    # Dozens of test programs: GNU ld takes eight times as long for each.
    find_program(HEADGATE_LLD ld.lld)
    if(HEADGATE_LLD)
        target_link_options(headgate_options INTERFACE -fuse-ld=lld)
    endif()
endif()
if(HEADGATE_COVERAGE)
    target_compile_options(headgate_options INTERFACE --coverage)
    target_link_options(headgate_options INTERFACE --coverage)
endif()
if(HEADGATE_UNITY)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # It takes the included sources of a batch for headers.
        target_compile_options(headgate_options INTERFACE -Wno-subobject-linkage)
    endif()
    set(CMAKE_UNITY_BUILD ON)
    set(CMAKE_UNITY_BUILD_BATCH_SIZE 12)
endif()
