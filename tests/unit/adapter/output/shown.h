#pragma once

#include <functional>
#include <sstream>
#include <string>

#include "adapter/output/presenters.h"

namespace migrate::output {

using Show = std::function<void(port::Presenter&)>;

/// What a person sees of it, stdout in front of stderr.
inline std::string table(const Style& style, const Show& show) {
  std::ostringstream out;
  std::ostringstream err;
  show(*make_table_presenter(out, err, style, "migrate --env production"));
  return out.str() + err.str();
}

/// What a program reads of it.
inline std::string json(const Show& show) {
  std::ostringstream out;
  show(*make_json_presenter(out));
  return out.str();
}

}  // namespace migrate::output
