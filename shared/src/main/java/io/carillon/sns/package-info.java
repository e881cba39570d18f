/** Adapters to Amazon SNS. */
package io.carillon.sns;
