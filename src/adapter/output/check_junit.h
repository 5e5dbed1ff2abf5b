#pragma once

#include <string>

#include "port/presenter.h"

namespace migrate::output {

/// The look as one suite of JUnit XML, a test case a check. One that does not hold is a failure,
/// one without an answer an error, one that was left out is skipped; below `fail_on` it is a case
/// that passes, with the words as its output. The format as Jenkins reads it:
/// https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
std::string check_junit(const core::check::Look& look, const port::CheckView& view);

}  // namespace migrate::output
