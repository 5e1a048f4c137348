/// Everything that is written in C because Swift cannot say it as fast.
#pragma once
#include "Allocation.h"
#include "ByteMasks.h"
#include "Extremes.h"
#include "TextSearch.h"
#include "Unpacking.h"
