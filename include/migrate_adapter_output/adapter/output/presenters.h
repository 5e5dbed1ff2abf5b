#pragma once

#include <memory>
#include <ostream>
#include <string>

#include "adapter/output/style.h"
#include "port/presenter.h"

namespace migrate::output {

/// Text for people: results to `out`, faults to `err`. Both streams must outlive the presenter.
/// `program` is what begins every command that the text says to type, with the options that choose
/// the target ("migrate --env production"), so that it can be pasted as it is. Control characters
/// in names, SQL and messages are shown escaped, passwords in SQL as '***'.
std::unique_ptr<port::Presenter> make_table_presenter(std::ostream& out, std::ostream& err,
                                                      const Style& style,
                                                      std::string program = "migrate");

/// One JSON document a call to `out`, faults too; the format is in runbooks/json-output.md. The
/// stream must outlive the presenter.
std::unique_ptr<port::Presenter> make_json_presenter(std::ostream& out);

}  // namespace migrate::output
