#include "suspects.h"

namespace migrate::app {

std::vector<Suspect> suspects_of(const core::Step&, port::StepSource&) {
  return {};
}

}  // namespace migrate::app
